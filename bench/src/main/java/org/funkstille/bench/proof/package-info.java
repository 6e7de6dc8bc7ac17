/** The proof: how long it takes, beside other ways to answer the same questions. */
@NullMarked
package org.funkstille.bench.proof;

import org.jspecify.annotations.NullMarked;
