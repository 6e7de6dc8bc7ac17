/** What must outlive the driver, because a FRITZ!Box cannot carry marks: what is ours on it, and what it refused. */
@NullMarked
package org.funkstille.routers.fritzbox.memory;

import org.jspecify.annotations.NullMarked;
