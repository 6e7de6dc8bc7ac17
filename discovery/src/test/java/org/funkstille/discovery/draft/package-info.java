@NullMarked
package org.funkstille.discovery.draft;

import org.jspecify.annotations.NullMarked;
