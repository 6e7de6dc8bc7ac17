/** Routers of other systems, simulated: their interfaces are played, their rules act on the packets of the lab. */
@NullMarked
package org.funkstille.lab.facade;

import org.jspecify.annotations.NullMarked;
