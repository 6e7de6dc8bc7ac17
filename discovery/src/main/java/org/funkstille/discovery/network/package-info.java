/** What this machine knows of its own network, and what every search needs: a deadline, harmless text. */
@NullMarked
package org.funkstille.discovery.network;

import org.jspecify.annotations.NullMarked;
