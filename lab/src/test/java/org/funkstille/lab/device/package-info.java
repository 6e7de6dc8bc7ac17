@NullMarked
package org.funkstille.lab.device;

import org.jspecify.annotations.NullMarked;
