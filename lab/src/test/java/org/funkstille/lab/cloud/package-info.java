@NullMarked
package org.funkstille.lab.cloud;

import org.jspecify.annotations.NullMarked;
