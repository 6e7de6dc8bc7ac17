/** Sets of unsigned numbers of up to 128 bits: addresses, ports, marks. What the proof counts with. */
@NullMarked
package org.funkstille.core.proof.sets;

import org.jspecify.annotations.NullMarked;
