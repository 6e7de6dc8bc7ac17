package org.funkstille.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.model.JournalSettings;
import org.jspecify.annotations.Nullable;

/**
 * The journal, open for writing. Each call is one transaction: all of it is on disk when the call returns, or nothing.
 * What was committed survives the end of the process; a power cut may take the last second, never the file. For several
 * threads, of which one writes at a time. Other processes may read meanwhile, and now and then write.
 *
 * <p>All methods throw {@link JournalException}. The guard uses {@link JournalWriter}, which does not.
 */
public final class Journal implements AutoCloseable {

    private final Path file;
    private final @Nullable Object fileKey;
    private final Clock clock;
    private final Sql sql;
    private final Dictionary dictionary;
    private final Tables tables;
    private final Retention retention;
    private final ReentrantLock lock = new ReentrantLock();

    private Journal(Path file, JournalSettings settings, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.sql = Database.forWriting(file);
        this.fileKey = keyOf(file);
        this.dictionary = new Dictionary(sql);
        this.tables = new Tables(sql, dictionary);
        this.retention = new Retention(sql, dictionary, settings);
    }

    /**
     * Opens the file; creates it, and its directory, where there is none.
     *
     * @param clock tells what is too old to be kept
     */
    public static Journal open(Path file, JournalSettings settings, Clock clock) {
        return new Journal(file, settings, clock);
    }

    /** For other processes while the guard runs, and for pages. Reads nothing yet. */
    public static JournalReader openForReading(Path file) {
        return new JournalReader(file);
    }

    public JournalReader reader() {
        return new JournalReader(file);
    }

    public void append(List<Attempt> attempts) {
        write(attempts, List.of());
    }

    public void write(List<Attempt> attempts, List<? extends JournalEntry> entries) {
        guarded(() -> sql.transaction(() -> {
            tables.append(attempts);
            for (JournalEntry entry : entries) {
                tables.write(entry);
            }
        }));
    }

    /** Records a window under a number that no other has, whichever process opens one at the same moment. */
    public WindowRecord openWindow(String device, Instant opened, Instant until, String reason) {
        WindowRecord[] made = new WindowRecord[1];
        guarded(() -> sql.transaction(() -> {
            long id = 1 + sql.number("SELECT max(id) FROM device_window");
            made[0] = new WindowRecord(id, device, opened, until, reason, Optional.empty(), Optional.empty());
            tables.write(made[0]);
        }));
        return made[0];
    }

    /**
     * Lets go what is too old or too much, oldest first, in small steps.
     *
     * @param budget after which it pauses; at least one step is done
     * @return true where there is more to do
     */
    public boolean tidy(Duration budget) {
        long began = System.nanoTime();
        boolean[] more = {true};
        guarded(() -> {
            retention.clear(clock.instant());
            do {
                more[0] = retention.step(clock.instant());
            } while (more[0] && System.nanoTime() - began < budget.toNanos());
            // The file itself shrinks only when the log is carried over.
            sql.number("PRAGMA wal_checkpoint(PASSIVE)");
        });
        return more[0];
    }

    /** False where the file was deleted, or another put in its place: what is written would be seen by nobody. */
    public boolean isInPlace() {
        return fileKey == null || Objects.equals(fileKey, keyOf(file));
    }

    private static @Nullable Object keyOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return null;
        }
    }

    private void guarded(Sql.Work work) {
        lock.lock();
        try {
            work.run();
        } catch (SQLException failure) {
            dictionary.forget();
            throw JournalException.of(file, failure);
        } catch (JournalException failure) {
            throw failure;
        } catch (RuntimeException failure) {
            dictionary.forget();
            throw JournalException.refused(file, failure);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        guarded(sql::close);
    }
}
