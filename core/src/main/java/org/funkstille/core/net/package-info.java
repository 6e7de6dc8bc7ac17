/** Addresses: hardware addresses, IP addresses and prefixes as values. */
@NullMarked
package org.funkstille.core.net;

import org.jspecify.annotations.NullMarked;
