/** Finds the router, and says what made it think so. Nothing secret is ever sent. */
@NullMarked
package org.funkstille.discovery.routers;

import org.jspecify.annotations.NullMarked;
