/** The command line. Puts the rooms together; decides nothing about networks. */
@NullMarked
package org.funkstille.cli;

import org.jspecify.annotations.NullMarked;
