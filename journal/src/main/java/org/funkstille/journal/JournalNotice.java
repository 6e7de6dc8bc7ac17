package org.funkstille.journal;

import java.nio.file.Path;

/** What the owner should know of the journal itself. */
public sealed interface JournalNotice {

    /** What happened, where, and what to do. */
    String message();

    /** Nothing can be written for now. Told once for each kind of trouble. */
    record Stopped(JournalException why) implements JournalNotice {
        @Override
        public String message() {
            return why.getMessage() + " The guard goes on without a journal and tries again from time to time.";
        }
    }

    /**
     * A damaged file was renamed, and a new one begins.
     *
     * @param kept where the damaged one is now
     */
    record SetAside(Path file, Path kept, String detail) implements JournalNotice {
        @Override
        public String message() {
            return "The journal " + file + " was damaged (" + detail + "). It is kept as " + kept
                    + ", and a new one begins. To save what can be read: sqlite3 " + kept
                    + " .recover. Check the disk or card.";
        }
    }

    /** The file was deleted or replaced by somebody else; a new one begins. */
    record Vanished(Path file) implements JournalNotice {
        @Override
        public String message() {
            return "The journal " + file + " was removed or replaced while in use; recording goes on in the file"
                    + " that is there now. Stop the guard before you move its journal.";
        }
    }

    /**
     * Writing goes on.
     *
     * @param lost events that could not be kept since the guard began
     */
    record Resumed(Path file, long lost) implements JournalNotice {
        @Override
        public String message() {
            return "The journal " + file + " is written again. Events that could not be kept so far: " + lost + ".";
        }
    }

    /** One batch could not be understood by the database and was left out; the rest goes on. */
    record LeftOut(Path file, long events, String detail) implements JournalNotice {
        @Override
        public String message() {
            return "The journal " + file + " could not take " + events + " events (" + detail
                    + "); they are left out and counted. Please report this as a bug.";
        }
    }
}
