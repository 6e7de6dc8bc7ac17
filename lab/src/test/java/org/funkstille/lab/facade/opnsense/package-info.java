@NullMarked
package org.funkstille.lab.facade.opnsense;

import org.jspecify.annotations.NullMarked;
