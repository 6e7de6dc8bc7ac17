/** What the proof must know of a home: its networks, and which interfaces lead out of it. */
@NullMarked
package org.funkstille.proof.house;

import org.jspecify.annotations.NullMarked;
