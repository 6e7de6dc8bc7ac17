/** The program as it is started: how soon it is at work, and what it takes. */
@NullMarked
package org.funkstille.bench.program;

import org.jspecify.annotations.NullMarked;
