@NullMarked
package org.funkstille.lab.facade.pf;

import org.jspecify.annotations.NullMarked;
