@NullMarked
package org.funkstille.lab.router;

import org.jspecify.annotations.NullMarked;
