@NullMarked
package org.funkstille.lab.facade.http;

import org.jspecify.annotations.NullMarked;
