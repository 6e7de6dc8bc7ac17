/** The router of the virtual home: the owner's own rules, a real dnsmasq, and a boot as systemd would do it. */
@NullMarked
package org.funkstille.lab.router;

import org.jspecify.annotations.NullMarked;
