/**
 * A simulated pfSense with its REST API package (pfrest, v2.10.0): what its web server answers, and what its
 * configuration does to the packets of the lab's router. Sources: the package's own code and documentation, and
 * pfSense CE 2.8's {@code filter.inc}.
 */
@NullMarked
package org.funkstille.lab.facade.pfsense;

import org.jspecify.annotations.NullMarked;
