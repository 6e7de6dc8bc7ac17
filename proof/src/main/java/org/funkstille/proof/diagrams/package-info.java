/**
 * The second engine: sets of packets as binary decision diagrams. It shares nothing with the first but the form of the
 * rules and the question, so that a mistake would have to be made twice.
 */
@NullMarked
package org.funkstille.proof.diagrams;

import org.jspecify.annotations.NullMarked;
