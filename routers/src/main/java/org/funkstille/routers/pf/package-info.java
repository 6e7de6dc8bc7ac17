/** What drivers of pf routers share: which rules are laid, in neutral words, and how pf's own tables are read. */
@NullMarked
package org.funkstille.routers.pf;

import org.jspecify.annotations.NullMarked;
