/** The ordered changes that turn what was observed into what is wanted. Pure functions. */
@NullMarked
package org.funkstille.core.plan;

import org.jspecify.annotations.NullMarked;
