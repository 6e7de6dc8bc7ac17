package org.funkstille.lab.facade.pf;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that a router's software loads into pf at once.
 *
 * @param head what {@code rules.debug} begins with: options and macros
 * @param scrubs as {@code pfctl -sr} prints them before the rules
 * @param translations as {@code pfctl -sn} prints them; they do not act
 * @param middle what stands in {@code rules.debug} between the tables and the rules
 * @param keepsCounters {@code set keepcounters}: rules that were loaded before count on
 */
public record PfRuleset(
        String head,
        List<PfTable> tables,
        List<String> scrubs,
        List<String> translations,
        String middle,
        List<PfStatement> statements,
        boolean keepsCounters) {

    public PfRuleset {
        tables = List.copyOf(tables);
        scrubs = List.copyOf(scrubs);
        translations = List.copyOf(translations);
        statements = List.copyOf(statements);
    }

    /** The file that the router's software writes for pf to read. */
    public String text() {
        return head
                + tables.stream().map(PfTable::text).collect(Collectors.joining())
                + middle
                + statements.stream().map(PfStatement::text).collect(Collectors.joining());
    }
}
