package org.funkstille.evidence.filterlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides what a syslog line is. After {@link Outcome#REFUSED} its {@link #line} says what was refused. */
final class LineReading {

    private final SyslogHead head = new SyslogHead();
    private final FilterLogLine line = new FilterLogLine();

    Outcome read(byte[] octets, int from, int to, RuleIndex rules) {
        if (!head.read(octets, from, to)) {
            return Outcome.OTHER_PROGRAM;
        }
        if (!line.read(octets, head.content(), to)) {
            return Outcome.MALFORMED;
        }
        @Nullable Meaning meaning = rules.find(octets, line.ruleBegin(), line.ruleEnd());
        if (meaning == null) {
            return Outcome.OTHERS_RULE;
        }
        // a rule that did what it cannot do: not believed
        return switch (meaning) {
            case REFUSES -> line.pfAction() == FilterLogLine.Action.BLOCK ? Outcome.REFUSED : Outcome.MALFORMED;
            case PASSES -> line.pfAction() == FilterLogLine.Action.PASS ? Outcome.PASSED : Outcome.MALFORMED;
        };
    }

    FilterLogLine line() {
        return line;
    }

    /** When the router saw it, as well as can be said. */
    Instant at(Instant arrival) {
        return head.at(arrival);
    }
}
