/** Joins the witnesses into one answer for each device. Pure functions; the clock is passed in. */
@NullMarked
package org.funkstille.core.verdict;

import org.jspecify.annotations.NullMarked;
