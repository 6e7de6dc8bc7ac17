/** The loop: observe, plan, apply, read back, verify; windows; and what ties evidence to devices. */
@NullMarked
package org.funkstille.guard;

import org.jspecify.annotations.NullMarked;
