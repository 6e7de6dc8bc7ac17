/** Web servers of simulated routers: bound in a network namespace, with a certificate of their own and faults on call. */
@NullMarked
package org.funkstille.lab.facade.http;

import org.jspecify.annotations.NullMarked;
