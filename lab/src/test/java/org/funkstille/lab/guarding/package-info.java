/** The real guard and the real driver, in the virtual home, with real packets. */
@NullMarked
package org.funkstille.lab.guarding;

import org.jspecify.annotations.NullMarked;
