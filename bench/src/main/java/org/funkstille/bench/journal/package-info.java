/** How much the journal takes, and how fast it answers. */
@NullMarked
package org.funkstille.bench.journal;

import org.jspecify.annotations.NullMarked;
