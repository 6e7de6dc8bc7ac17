/** What the rules cost: to lay, to change, and to packets that they do not concern. */
@NullMarked
package org.funkstille.bench.router;

import org.jspecify.annotations.NullMarked;
