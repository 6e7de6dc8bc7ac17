package org.funkstille.journal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.funkstille.core.model.JournalSettings;
import org.jspecify.annotations.Nullable;

/** A journal that outlives its file: opened again after trouble, begun anew after damage. For one thread. */
final class LastingJournal {

    /** What became of a batch. */
    enum Outcome {
        KEPT,
        /** Not now; the same batch may be tried again. */
        LATER,
        /** Never. */
        LEFT_OUT
    }

    private static final System.Logger LOG = System.getLogger(LastingJournal.class.getName());

    private final Path file;
    private final JournalSettings settings;
    private final Clock clock;
    private final Consumer<JournalNotice> listener;
    private final LongSupplier lost;
    private @Nullable Journal open;
    private @Nullable Class<?> trouble;

    LastingJournal(
            Path file, JournalSettings settings, Clock clock, Consumer<JournalNotice> listener, LongSupplier lost) {
        this.file = file;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.lost = lost;
    }

    boolean isOpen() {
        return open != null;
    }

    Outcome write(Batch batch) {
        try {
            return writeOrBeginAnew(batch);
        } catch (JournalException.Refused refused) {
            tell(new JournalNotice.LeftOut(file, batch.events(), refused.getMessage()));
            return Outcome.LEFT_OUT;
        } catch (RuntimeException failure) {
            stop(failure);
            return Outcome.LATER;
        }
    }

    /** @return true where there is more to do */
    boolean tidy(Duration budget) {
        try {
            return tidyOrBeginAnew(budget);
        } catch (RuntimeException failure) {
            stop(failure);
            return false;
        }
    }

    private boolean tidyOrBeginAnew(Duration budget) {
        try {
            return open != null && open.tidy(budget);
        } catch (JournalException.Damaged damaged) {
            setAside(damaged);
            return false;
        }
    }

    private Outcome writeOrBeginAnew(Batch batch) {
        try {
            opened().write(batch.attempts(), batch.entries());
        } catch (JournalException.Damaged damaged) {
            setAside(damaged);
            opened().write(batch.attempts(), batch.entries());
        }
        if (trouble != null) {
            trouble = null;
            tell(new JournalNotice.Resumed(file, lost.getAsLong()));
        }
        return Outcome.KEPT;
    }

    private Journal opened() {
        Journal current = open;
        if (current != null && !current.isInPlace()) {
            close();
            current = null;
            tell(new JournalNotice.Vanished(file));
        }
        if (current == null) {
            current = Journal.open(file, settings, clock);
            open = current;
        }
        return current;
    }

    private void setAside(JournalException.Damaged damaged) {
        close();
        try {
            Path kept = SetAside.rename(file, clock.instant());
            tell(new JournalNotice.SetAside(file, kept, damaged.detail()));
        } catch (IOException failure) {
            throw JournalException.of(file, failure);
        }
    }

    /** Whatever it is: the guard must not end because of its journal. */
    private void stop(RuntimeException failure) {
        close();
        JournalException why =
                failure instanceof JournalException known ? known : JournalException.unexpected(file, failure);
        if (!why.getClass().equals(trouble)) {
            trouble = why.getClass();
            tell(new JournalNotice.Stopped(why));
        }
    }

    void close() {
        Journal closing = open;
        open = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (JournalException alreadyBroken) {
                LOG.log(Level.DEBUG, "closing the journal", alreadyBroken);
            }
        }
    }

    private void tell(JournalNotice notice) {
        try {
            listener.accept(notice);
        } catch (RuntimeException listenersOwn) {
            LOG.log(Level.WARNING, notice.message(), listenersOwn);
        }
    }
}
