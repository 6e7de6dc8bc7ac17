@NullMarked
package org.funkstille.discovery.devices;

import org.jspecify.annotations.NullMarked;
