/** Reads what {@code nft -j list ruleset} prints (libnftables-json(5), nft 1.0 and 1.1) into the neutral form. */
@NullMarked
package org.funkstille.proof.read.nft;

import org.jspecify.annotations.NullMarked;
