/**
 * The first engine: sends boxes of packets through a rule set and sees what comes out. It finds the packet that a
 * verdict shows.
 */
@NullMarked
package org.funkstille.proof.boxes;

import org.jspecify.annotations.NullMarked;
