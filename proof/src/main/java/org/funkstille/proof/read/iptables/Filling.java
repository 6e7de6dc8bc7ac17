package org.funkstille.proof.read.iptables;

import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;

/** Which sets rules fill: known before the first of them is read. */
final class Filling {

    private Filling() {}

    /** Finds the sets that rules fill ({@code -j SET --add-set NAME}). */
    static void note(SourceText text, IpSets sets) {
        for (Line line : Line.of(text)) {
            if (line.text().contains("SET --")) {
                filled(line, sets);
            }
        }
    }

    private static void filled(Line line, IpSets sets) {
        try {
            RuleLineParser.parse(line).target().filter(target -> target.name().equals("SET")).stream()
                    .flatMap(target -> target.options().stream())
                    .filter(option ->
                            option.name().endsWith("-set") && !option.values().isEmpty())
                    .forEach(option -> sets.fillsByRule(option.values().getFirst()));
        } catch (ReadingException _) {
            // Said again, and reported, when the line's turn comes.
        }
    }
}
