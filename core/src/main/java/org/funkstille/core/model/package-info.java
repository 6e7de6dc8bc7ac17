/** What the owner wants: the home, its routers, networks and devices. Immutable values, no I/O. */
@NullMarked
package org.funkstille.core.model;

import org.jspecify.annotations.NullMarked;
