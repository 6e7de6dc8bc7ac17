/** Reads {@code funkstille.yaml} into the model, or says what is wrong with it and where. Text in, values out; no I/O. */
@NullMarked
package org.funkstille.core.config;

import org.jspecify.annotations.NullMarked;
