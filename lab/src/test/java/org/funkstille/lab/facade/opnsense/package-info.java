/** A simulated OPNsense, and its driver against it. */
@NullMarked
package org.funkstille.lab.facade.opnsense;

import org.jspecify.annotations.NullMarked;
