/** The virtual home: a router, an IoT network, a LAN and a cloud in Linux network namespaces. */
@NullMarked
package org.funkstille.lab;

import org.jspecify.annotations.NullMarked;
