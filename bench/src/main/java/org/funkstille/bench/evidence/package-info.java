/** How fast the listeners are. */
@NullMarked
package org.funkstille.bench.evidence;

import org.jspecify.annotations.NullMarked;
