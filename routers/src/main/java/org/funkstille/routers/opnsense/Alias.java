package org.funkstille.routers.opnsense;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.routers.pf.FoundAlias;
import org.funkstille.routers.pf.Mark;

/**
 * An alias as it stands in the configuration.
 *
 * @param kind {@code host}, {@code network}, {@code external} and others
 * @param expire how long an entry of an external alias stays in pf's table; absent: for ever
 */
record Alias(
        String uuid,
        String name,
        String description,
        String kind,
        boolean enabled,
        List<String> entries,
        Optional<Duration> expire) {

    /** Behind the mark of the alias of a window. */
    private static final Pattern UNTIL = Pattern.compile("(.*) until (\\S+)");

    Alias {
        entries = List.copyOf(entries);
    }

    boolean isOurs() {
        return Mark.tryParse(description).isPresent();
    }

    static String description(Mark mark, Instant until) {
        return mark + " until " + until;
    }

    /** The end that was asked for, of the last window that was opened with it. */
    Optional<Instant> until() {
        Matcher form = UNTIL.matcher(description);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(form.group(2)));
        } catch (DateTimeException changedByHand) {
            return Optional.empty();
        }
    }

    /** Without what the last window left: an end in the description. A disabled alias is none. */
    FoundAlias found() {
        Matcher form = UNTIL.matcher(description);
        String lasting = form.matches() ? form.group(1) : description;
        return new FoundAlias(name, lasting, enabled ? kind : "disabled " + kind, entries);
    }
}
