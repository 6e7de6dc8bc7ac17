/** Finds devices, and recognises those of the Xiaomi family by several signs together. */
@NullMarked
package org.funkstille.discovery.devices;

import org.jspecify.annotations.NullMarked;
