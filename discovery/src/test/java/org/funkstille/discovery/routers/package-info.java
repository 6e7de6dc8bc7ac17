@NullMarked
package org.funkstille.discovery.routers;

import org.jspecify.annotations.NullMarked;
