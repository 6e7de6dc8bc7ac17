/** What several engines say of the same question. */
@NullMarked
package org.funkstille.proof.agreement;

import org.jspecify.annotations.NullMarked;
