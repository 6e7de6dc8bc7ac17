@NullMarked
package org.funkstille.proof.diagrams;

import org.jspecify.annotations.NullMarked;
