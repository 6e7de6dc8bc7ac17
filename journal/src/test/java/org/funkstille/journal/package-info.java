@NullMarked
package org.funkstille.journal;

import org.jspecify.annotations.NullMarked;
