package org.funkstille.proof.read.pf;

import java.util.List;

/**
 * A table as the rule set defines it.
 *
 * @param fromFile some of its content is in a file
 */
record TableSyntax(boolean persistent, boolean fromFile, List<Host.Entry> entries) {}
