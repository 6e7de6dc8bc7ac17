@NullMarked
package org.funkstille.lab.facade.pfsense;

import org.jspecify.annotations.NullMarked;
