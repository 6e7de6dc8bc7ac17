/**
 * Drivers for routers. One contract ({@link org.funkstille.routers.RouterDriver}), one package for each system, and the
 * ways to get at a router.
 */
@NullMarked
package org.funkstille.routers;

import org.jspecify.annotations.NullMarked;
