package org.funkstille.journal;

import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.Flow;

/**
 * Answers from the journal, from any thread, also while another process writes. Opens the file for each answer, so that
 * it holds no memory between them and goes on with the new file after a damaged one was set aside.
 *
 * <p>Times have milliseconds. All methods throw {@link JournalException}.
 */
public final class JournalReader {

    private static final String VERDICTS = "SELECT at, device, status, grade, json FROM verdict ";
    private static final String WINDOWS =
            "SELECT id, device, opened, until, reason, closed, closed_by FROM device_window ";

    private final Path file;

    JournalReader(Path file) {
        this.file = file;
    }

    /** @param device absent: of all devices */
    public List<StoredAttempt> attempts(Instant since, Optional<String> device, Order order, int limit) {
        return read(sql -> AttemptQueries.since(sql, since, device, order, limit));
    }

    /**
     * What was written after a known attempt, in the order in which it was written; for those who follow.
     *
     * @param id of the last attempt known, or {@link #newestAttempt}
     */
    public List<StoredAttempt> attemptsAfter(long id, Optional<String> device, int limit) {
        return read(sql -> AttemptQueries.after(sql, id, device, limit));
    }

    /** The number of the attempt that was written last; 0 where there is none. */
    public long newestAttempt() {
        return read(sql -> sql.number("SELECT max(id) FROM attempt"));
    }

    /**
     * The destinations tried most, by device, most packets first. Where single attempts are no longer kept, hours that
     * touch the span count whole.
     *
     * @param from inclusive
     * @param until exclusive
     * @param device absent: of all devices
     * @param perDevice how many of each device
     */
    public List<DestinationTotal> topDestinations(Instant from, Instant until, Optional<String> device, int perDevice) {
        return read(sql -> AttemptQueries.top(sql, from, until, device, perDevice));
    }

    /** Refused packets of each device that had any. Beyond single attempts the first hour counts whole. */
    public Map<String, Long> attemptTotals(Instant since) {
        return read(sql -> AttemptQueries.totals(sql, since));
    }

    /** Flows that were open at some time from {@code from} until before {@code until}, oldest first. */
    public List<Flow> flows(String device, Instant from, Instant until, boolean outsideOnly, int limit) {
        return read(sql -> FlowQueries.between(sql, device, from, until, outsideOnly, limit));
    }

    public Optional<StoredVerdict> lastVerdict(String device) {
        return read(sql -> sql.first(
                VERDICTS + "WHERE id = (SELECT max(id) FROM verdict WHERE device = ?)",
                JournalReader::verdict,
                device));
    }

    /** Of each device the last one, by device. */
    public List<StoredVerdict> lastVerdicts() {
        return read(sql -> sql.query(
                VERDICTS + "WHERE id IN (SELECT max(id) FROM verdict GROUP BY device) ORDER BY device",
                JournalReader::verdict));
    }

    /** Newest first. */
    public List<WindowRecord> windows(int limit) {
        return read(sql -> sql.query(WINDOWS + "ORDER BY id DESC LIMIT ?", JournalReader::window, limit));
    }

    public Optional<WindowRecord> window(long id) {
        return read(sql -> sql.first(WINDOWS + "WHERE id = ?", JournalReader::window, id));
    }

    /** Newest first. */
    public List<Change> changes(Instant since, int limit) {
        return read(sql -> sql.query(
                "SELECT at, device, kind, detail FROM change WHERE at >= ? ORDER BY id DESC LIMIT ?",
                row -> new Change(Sql.instant(row, 1), Sql.optionalText(row, 2), row.getString(3), row.getString(4)),
                since,
                limit));
    }

    /** When each listener was awake, as far as it reaches beyond {@code since}; oldest first. */
    public List<Coverage> coverage(Instant since) {
        return read(sql -> sql.query(
                "SELECT source, since, until, lost FROM coverage WHERE until >= ? ORDER BY since, source",
                row -> new Coverage(source(row, 1), Sql.instant(row, 2), Sql.instant(row, 3), row.getLong(4)),
                since));
    }

    /** Oldest first. */
    public List<Loss> losses(Instant since) {
        return read(sql -> sql.query(
                "SELECT at, source, events FROM loss WHERE at >= ? ORDER BY id",
                row -> new Loss(Sql.instant(row, 1), source(row, 2), row.getLong(3)),
                since));
    }

    public Optional<CanaryResult> lastCanary() {
        return read(sql -> sql.first(
                "SELECT at, ok, detail FROM canary ORDER BY id DESC LIMIT 1",
                row -> new CanaryResult(Sql.instant(row, 1), row.getBoolean(2), row.getString(3))));
    }

    /** The name under which the router's resolver last gave out this address. */
    public Optional<String> name(InetAddress address) {
        return read(sql -> sql.first(
                "SELECT name FROM name WHERE address = ?", row -> row.getString(1), (Object) address.getAddress()));
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Sql sql) throws SQLException;
    }

    private <T> T read(Question<T> question) {
        try (Sql sql = Database.forReading(file)) {
            return question.ask(sql);
        } catch (SQLException failure) {
            throw JournalException.of(file, failure);
        }
    }

    private static StoredVerdict verdict(ResultSet row) throws SQLException {
        return new StoredVerdict(
                Sql.instant(row, 1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
    }

    private static WindowRecord window(ResultSet row) throws SQLException {
        return new WindowRecord(
                row.getLong(1),
                row.getString(2),
                Sql.instant(row, 3),
                Sql.instant(row, 4),
                row.getString(5),
                Sql.optionalInstant(row, 6),
                Sql.optionalText(row, 7));
    }

    private static EvidenceSource source(ResultSet row, int column) throws SQLException {
        return EvidenceSource.valueOf(row.getString(column).toUpperCase(Locale.ROOT));
    }
}
