package org.funkstille.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.funkstille.core.model.JournalSettings;

/**
 * Lets old rows go, in small steps, so that writing never waits long. Attempts are summed by hour before they go, in the
 * same transaction; so a span is always the sum of what is in both tables.
 */
final class Retention {

    /** Sums, changes and windows. */
    private static final Duration YEARS = Duration.ofDays(5 * 365);

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private static final int ROWS_A_STEP = 5_000;
    private static final int PAGES_A_STEP = 500;

    /** What the pragma auto_vacuum answers for a file that gives pages back on demand. */
    private static final int INCREMENTAL = 2;

    /** Of one device in one hour; the rest is summed as one. A device that scans must not fill the disk with sums. */
    static final int DESTINATIONS_AN_HOUR = 100;

    /** About what a row of sums takes. */
    private static final int SUM_BYTES = 32;

    private static final String SUM = """
            INSERT INTO attempt_hour (hour, device, destination, packets, first, last)
            SELECT at / 3600000, device, destination, sum(packets), min(at), max(at)
            FROM (SELECT device, destination, packets, (id >> 20) - late AS at FROM attempt WHERE id <= ?)
            WHERE true
            GROUP BY 1, 2, 3
            ON CONFLICT (hour, device, destination) DO UPDATE SET
                packets = packets + excluded.packets, first = min(first, excluded.first),
                last = max(last, excluded.last)""";

    private static final String RARE = """
            SELECT hour, device, destination, packets, first, last FROM (
                SELECT *, row_number() OVER (PARTITION BY hour, device ORDER BY packets DESC, destination) AS place
                FROM attempt_hour WHERE hour BETWEEN ? AND ? AND destination <> 0)
            WHERE place > ?""";

    private static final String FOLD_RARE = """
            INSERT INTO attempt_hour (hour, device, destination, packets, first, last)
            SELECT hour, device, 0, sum(packets), min(first), max(last) FROM (%s)
            WHERE true
            GROUP BY hour, device
            ON CONFLICT (hour, device, destination) DO UPDATE SET
                packets = packets + excluded.packets, first = min(first, excluded.first),
                last = max(last, excluded.last)""".formatted(RARE);

    private static final String DROP_RARE = """
            DELETE FROM attempt_hour
            WHERE (hour, device, destination) IN (SELECT hour, device, destination FROM (%s))""".formatted(RARE);

    private static final String MARK_SUMMED = """
            UPDATE destination SET summed = ?1 / 24 WHERE summed < ?1 / 24 AND id IN (
                SELECT destination FROM attempt_hour WHERE hour BETWEEN ?2 AND ?1)""";

    private final Sql sql;
    private final Dictionary dictionary;
    private final JournalSettings settings;
    private boolean shrinking;

    Retention(Sql sql, Dictionary dictionary, JournalSettings settings) {
        this.sql = sql;
        this.dictionary = dictionary;
        this.settings = settings;
    }

    static long day(long millis) {
        return millis / (24 * HOUR_MILLIS);
    }

    /** @return true where there is more to do */
    boolean step(Instant now) throws SQLException {
        long expired = TimedId.first(TimedId.millis(now.minus(settings.keep())));
        return attemptsGo(expired) || flowsGo(expired) || shrink();
    }

    /** The small tables, and destinations that nothing refers to any more. */
    void clear(Instant now) throws SQLException {
        Instant expired = now.minus(settings.keep());
        Instant years = now.minus(settings.keep().compareTo(YEARS) > 0 ? settings.keep() : YEARS);
        sql.transaction(() -> {
            sql.update("DELETE FROM attempt_hour WHERE hour < ?", TimedId.millis(years) / HOUR_MILLIS);
            sql.update("DELETE FROM change WHERE at < ?", years);
            sql.update("DELETE FROM device_window WHERE until < ?", years);
            sql.update(
                    "DELETE FROM verdict WHERE at < ? AND id NOT IN (SELECT max(id) FROM verdict GROUP BY device)",
                    expired);
            sql.update("DELETE FROM loss WHERE at < ?", expired);
            sql.update("DELETE FROM coverage WHERE until < ?", expired);
            sql.update("DELETE FROM canary WHERE at < ? AND id < (SELECT max(id) FROM canary)", expired);
            sql.update("DELETE FROM name WHERE at < ?", expired);
            if (sql.update("DELETE FROM destination WHERE seen < ? AND summed < ?", oldestRowDay(), oldestSumDay())
                    > 0) {
                dictionary.forget();
            }
        });
    }

    private boolean attemptsGo(long before) throws SQLException {
        long last = lastOfOldest("attempt", before);
        if (last == 0) {
            return false;
        }
        sql.transaction(() -> {
            String hours = " FROM (SELECT ((id >> 20) - late) / 3600000 AS hour FROM attempt WHERE id <= ?)";
            long from = sql.number("SELECT min(hour)" + hours, last);
            long until = sql.number("SELECT max(hour)" + hours, last);
            sql.update(SUM, last);
            sql.update(FOLD_RARE, from, until, DESTINATIONS_AN_HOUR);
            sql.update(DROP_RARE, from, until, DESTINATIONS_AN_HOUR);
            sql.update(MARK_SUMMED, until, from);
            sql.update("DELETE FROM attempt WHERE id <= ?", last);
        });
        return true;
    }

    private boolean flowsGo(long before) throws SQLException {
        long last = lastOfOldest("flow", before);
        if (last == 0) {
            return false;
        }
        sql.transaction(() -> sql.update("DELETE FROM flow WHERE id <= ?", last));
        return true;
    }

    private long lastOfOldest(String table, long before) throws SQLException {
        return sql.number(
                "SELECT max(id) FROM (SELECT id FROM %s WHERE id < ? ORDER BY id LIMIT ?)".formatted(table),
                before,
                ROWS_A_STEP);
    }

    /**
     * Once the file is too large, goes on until there is a twentieth to spare, so as not to begin again at once. A file
     * that cannot give pages back (another program rebuilt it) reuses them: there only the used ones count.
     */
    private boolean shrink() throws SQLException {
        boolean givesBack = sql.number("PRAGMA auto_vacuum") == INCREMENTAL;
        long free = sql.number("PRAGMA freelist_count");
        long pages = sql.number("PRAGMA page_count") - (givesBack ? 0 : free);
        long limit = shrinking ? settings.maxBytes() / 20 * 19 : settings.maxBytes();
        shrinking = pages * sql.number("PRAGMA page_size") > limit;
        if (shrinking && givesBack && free > 0) {
            sql.execute("PRAGMA incremental_vacuum(" + PAGES_A_STEP + ")");
        } else if (shrinking) {
            shrinking = oldestGo();
        }
        return shrinking;
    }

    private boolean oldestGo() throws SQLException {
        long attempt = sql.number("SELECT min(id) FROM attempt");
        long flow = sql.number("SELECT min(id) FROM flow");
        boolean manySums = sql.number("SELECT count(*) FROM attempt_hour") > settings.maxBytes() / 4 / SUM_BYTES;
        if (manySums || (attempt == 0 && flow == 0)) {
            return sumsGo();
        }
        boolean attemptsAreOlder = attempt != 0 && (flow == 0 || attempt < flow);
        return attemptsAreOlder ? attemptsGo(Long.MAX_VALUE) : flowsGo(Long.MAX_VALUE);
    }

    private boolean sumsGo() throws SQLException {
        int[] gone = {0};
        sql.transaction(() -> gone[0] = sql.update("""
                DELETE FROM attempt_hour WHERE hour <= (
                    SELECT max(hour) FROM (SELECT hour FROM attempt_hour ORDER BY hour LIMIT ?))""", ROWS_A_STEP));
        return gone[0] > 0;
    }

    private long oldestRowDay() throws SQLException {
        return day(TimedId.millis(sql.number("""
                SELECT min(coalesce((SELECT min(id) FROM attempt), ?1), coalesce((SELECT min(id) FROM flow), ?1))""", Long.MAX_VALUE)));
    }

    private long oldestSumDay() throws SQLException {
        return sql.number("SELECT coalesce(min(hour), ?) / 24 FROM attempt_hour", Long.MAX_VALUE);
    }
}
