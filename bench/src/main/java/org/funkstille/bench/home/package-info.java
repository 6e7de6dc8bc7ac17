/** Homes with many devices. */
@NullMarked
package org.funkstille.bench.home;

import org.jspecify.annotations.NullMarked;
