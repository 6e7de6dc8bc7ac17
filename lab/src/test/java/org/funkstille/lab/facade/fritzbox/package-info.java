@NullMarked
package org.funkstille.lab.facade.fritzbox;

import org.jspecify.annotations.NullMarked;
