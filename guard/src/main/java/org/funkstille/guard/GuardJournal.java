package org.funkstille.guard;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.journal.Change;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalException;
import org.funkstille.journal.WindowRecord;

/** What the guard asks of the journal. A journal that cannot be read answers that there is nothing. */
public final class GuardJournal {

    /** The kind of change that is written when a device's rules came into force. */
    static final String SILENCED = "silenced";

    private static final int RECENT = 200;

    private final Path file;

    public GuardJournal(Path file) {
        this.file = file;
    }

    /** Windows that were opened and of which no end is written. */
    List<WindowRecord> open() {
        return recent().stream().filter(record -> record.closed().isEmpty()).toList();
    }

    /** The last windows, newest first. */
    List<WindowRecord> recent() {
        try {
            return Journal.openForReading(file).windows(RECENT);
        } catch (JournalException unreadable) {
            return List.of();
        }
    }

    /** Devices for which this change is the beginning of silence. */
    static List<String> silencedBy(org.funkstille.core.plan.Change change) {
        return switch (change) {
            case org.funkstille.core.plan.Change.LayRules lay ->
                lay.all().stream().map(DeviceRules::device).toList();
            case org.funkstille.core.plan.Change.SetRules set ->
                List.of(set.rules().device());
            case org.funkstille.core.plan.Change.RemoveRules remove -> List.of();
            case org.funkstille.core.plan.Change.CloseWindow close -> List.of(close.device());
            case org.funkstille.core.plan.Change.CutFlows cut -> List.of(cut.device());
            case org.funkstille.core.plan.Change.SaveRules save -> List.of();
            case org.funkstille.core.plan.Change.Reserve reserve -> List.of();
            case org.funkstille.core.plan.Change.Unreserve unreserve -> List.of();
        };
    }

    /** Flows that passed a moment before may still be reported after it; they do not count. */
    static Change silenced(String device, Instant at) {
        return new Change(at.plusMillis(200), Optional.of(device), SILENCED, "its rules are in force");
    }

    WindowRecord close(WindowRecord record, Instant at, String by) {
        return new WindowRecord(
                record.id(),
                record.device(),
                record.opened(),
                record.until(),
                record.reason(),
                Optional.of(at),
                Optional.of(by));
    }
}
