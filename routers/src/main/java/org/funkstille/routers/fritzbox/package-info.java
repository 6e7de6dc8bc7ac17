/** FRITZ!Box, by TR-064. */
@NullMarked
package org.funkstille.routers.fritzbox;

import org.jspecify.annotations.NullMarked;
