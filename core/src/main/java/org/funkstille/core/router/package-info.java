/** What a router says at one moment, in words that hold for every router system. */
@NullMarked
package org.funkstille.core.router;

import org.jspecify.annotations.NullMarked;
