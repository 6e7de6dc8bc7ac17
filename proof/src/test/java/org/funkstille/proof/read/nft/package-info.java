@NullMarked
package org.funkstille.proof.read.nft;

import org.jspecify.annotations.NullMarked;
