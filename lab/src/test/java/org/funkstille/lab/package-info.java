@NullMarked
package org.funkstille.lab;

import org.jspecify.annotations.NullMarked;
