/** OPNsense from 25.1 on, by its own API. */
@NullMarked
package org.funkstille.routers.opnsense;

import org.jspecify.annotations.NullMarked;
