/** The way to routers that speak HTTP: one client, certificates pinned, failures in the words of drivers. */
@NullMarked
package org.funkstille.routers.http;

import org.jspecify.annotations.NullMarked;
