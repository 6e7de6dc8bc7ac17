/** TR-064 as a FRITZ!Box speaks it: SOAP over TLS, HTTP digest authentication. */
@NullMarked
package org.funkstille.routers.fritzbox.tr064;

import org.jspecify.annotations.NullMarked;
