/** The calls of the box's own web interface, which nobody documents, for what TR-064 has no words for. */
@NullMarked
package org.funkstille.routers.fritzbox.web;

import org.jspecify.annotations.NullMarked;
