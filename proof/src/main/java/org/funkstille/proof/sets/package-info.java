/** Sets of numbers as ranges: what a field of a packet may be. Pure arithmetic; knows nothing of networks. */
@NullMarked
package org.funkstille.proof.sets;

import org.jspecify.annotations.NullMarked;
