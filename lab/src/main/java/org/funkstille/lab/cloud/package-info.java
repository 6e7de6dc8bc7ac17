/** The internet of the virtual home: a resolver, servers that answer, and a count of all that arrives. */
@NullMarked
package org.funkstille.lab.cloud;

import org.jspecify.annotations.NullMarked;
