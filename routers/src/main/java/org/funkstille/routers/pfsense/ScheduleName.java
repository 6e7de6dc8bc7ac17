package org.funkstille.routers.pfsense;

import java.time.Instant;
import org.funkstille.routers.pf.AliasName;
import org.funkstille.routers.pf.Mark;

/** What the schedule of a window is called; the rules for names are those of aliases. */
final class ScheduleName {

    private ScheduleName() {}

    static Mark mark(String device, Instant until) {
        return new Mark(device, "window until " + until);
    }

    static String of(String device, Instant until) {
        return AliasName.of(mark(device, until));
    }
}
