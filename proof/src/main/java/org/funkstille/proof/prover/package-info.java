/** Puts the questions of one device to the engines and makes one answer of theirs. */
@NullMarked
package org.funkstille.proof.prover;

import org.jspecify.annotations.NullMarked;
