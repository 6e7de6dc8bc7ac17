/** The protocol side of TR-064: service descriptions, SOAP messages and faults, HTTP digest authentication. */
@NullMarked
package org.funkstille.lab.facade.fritzbox.tr064;

import org.jspecify.annotations.NullMarked;
