/** Finds routers and devices on the network, and drafts a first {@code funkstille.yaml} from what it found. */
@NullMarked
package org.funkstille.discovery;

import org.jspecify.annotations.NullMarked;
