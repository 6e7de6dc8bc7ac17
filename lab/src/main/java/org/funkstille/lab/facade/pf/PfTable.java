package org.funkstille.lab.facade.pf;

import java.util.List;
import java.util.Optional;

/**
 * A table as a rule set defines it.
 *
 * @param text as it stands in {@code rules.debug}, whole lines; may be empty
 * @param content nothing where the rule set does not say: what is in it stays
 */
public record PfTable(String name, String text, Optional<List<PfAddress.Net>> content) {}
