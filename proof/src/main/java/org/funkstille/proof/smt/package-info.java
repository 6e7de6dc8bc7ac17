/**
 * A question as text for solvers (SMT-LIB 2.6, logic QF_BV), so that an answer can be checked by somebody who trusts
 * neither this program nor its engines.
 */
@NullMarked
package org.funkstille.proof.smt;

import org.jspecify.annotations.NullMarked;
