/** What was seen: attempts, flows, DNS answers, neighbours, and what was lost. Values only. */
@NullMarked
package org.funkstille.core.evidence;

import org.jspecify.annotations.NullMarked;
