/** pfSense with the REST API package, version 2. */
@NullMarked
package org.funkstille.routers.pfsense;

import org.jspecify.annotations.NullMarked;
