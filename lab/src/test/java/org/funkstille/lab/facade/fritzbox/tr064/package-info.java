@NullMarked
package org.funkstille.lab.facade.fritzbox.tr064;

import org.jspecify.annotations.NullMarked;
