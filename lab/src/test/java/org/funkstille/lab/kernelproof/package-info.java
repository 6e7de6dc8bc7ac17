/**
 * The proof against the real kernel: random rule sets, real packets, and whether what comes out is what the proof says.
 */
@NullMarked
package org.funkstille.lab.kernelproof;

import org.jspecify.annotations.NullMarked;
