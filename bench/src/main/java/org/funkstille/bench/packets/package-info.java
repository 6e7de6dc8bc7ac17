/** Makes and sends the packets of the benchmarks, with as little work of its own as can be. */
@NullMarked
package org.funkstille.bench.packets;

import org.jspecify.annotations.NullMarked;
