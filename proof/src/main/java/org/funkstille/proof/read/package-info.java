/** Reads saved rule sets into the neutral form: the contract; one package below for each syntax. */
@NullMarked
package org.funkstille.proof.read;

import org.jspecify.annotations.NullMarked;
