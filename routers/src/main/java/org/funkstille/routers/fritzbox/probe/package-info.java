/** A host that exists only in the Ethernet frames that we send, to see whether a lock holds. */
@NullMarked
package org.funkstille.routers.fritzbox.probe;

import org.jspecify.annotations.NullMarked;
