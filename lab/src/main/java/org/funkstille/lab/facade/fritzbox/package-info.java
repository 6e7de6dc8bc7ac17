/** A simulated FRITZ!Box in place of the lab's router: its interfaces for programs and people, and its lock on packets. */
@NullMarked
package org.funkstille.lab.facade.fritzbox;

import org.jspecify.annotations.NullMarked;
