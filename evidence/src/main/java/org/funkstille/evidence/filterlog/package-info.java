/**
 * Refused packets of a pfSense or OPNsense router: what its packet filter logs ({@code filterlog}) and sends here by
 * syslog. Lines are believed only from the router's own addresses, and only where they name one of our rules.
 */
@NullMarked
package org.funkstille.evidence.filterlog;

import org.jspecify.annotations.NullMarked;
