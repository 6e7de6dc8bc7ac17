/** Building blocks of the virtual home: its hosts, the cables between them, the programs that run in them. */
@NullMarked
package org.funkstille.lab.network;

import org.jspecify.annotations.NullMarked;
