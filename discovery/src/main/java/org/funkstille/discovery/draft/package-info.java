/** Drafts a first {@code funkstille.yaml} from what was found, with the reasons beside it. */
@NullMarked
package org.funkstille.discovery.draft;

import org.jspecify.annotations.NullMarked;
