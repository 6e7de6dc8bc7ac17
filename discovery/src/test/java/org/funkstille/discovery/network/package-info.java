@NullMarked
package org.funkstille.discovery.network;

import org.jspecify.annotations.NullMarked;
