/** The simulated devices of the virtual home, as threads whose sockets stand in the device's network namespace. */
@NullMarked
package org.funkstille.lab.device;

import org.jspecify.annotations.NullMarked;
