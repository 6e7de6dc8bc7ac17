/**
 * What happens to one concrete packet, step by step: the plain reading of how packets travel. Slow, and written to be
 * compared with the words; the engines are tested against it, and it explains a leak that an engine found.
 */
@NullMarked
package org.funkstille.proof.simulate;

import org.jspecify.annotations.NullMarked;
