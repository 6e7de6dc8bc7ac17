/** What the Linux kernel must be asked directly: network namespaces, netlink, processes. Knows nothing of homes. */
@NullMarked
package org.funkstille.kernel;

import org.jspecify.annotations.NullMarked;
