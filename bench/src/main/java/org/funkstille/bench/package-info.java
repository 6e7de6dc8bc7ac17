/** Measurements against the goals in the module's README. What several benchmarks share is here. */
@NullMarked
package org.funkstille.bench;

import org.jspecify.annotations.NullMarked;
