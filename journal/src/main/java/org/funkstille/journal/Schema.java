package org.funkstille.journal;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The layout of the file and its history. The file carries the number of its layout; each step leads to the next one, in
 * one transaction. A step that was once released is never changed.
 *
 * @param steps statements that lead from layout {@code index} to {@code index + 1}
 */
record Schema(List<List<String>> steps) {

    static final Schema CURRENT = new Schema(List.of(first()));

    Schema {
        steps = steps.stream().map(List::copyOf).toList();
    }

    int version() {
        return steps.size();
    }

    /** @throws JournalException.Newer where the file's layout is unknown */
    void migrate(Path file, Sql sql) throws SQLException {
        while (found(file, sql) < version()) {
            sql.transaction(() -> {
                // Asked again inside: another process may have been quicker.
                int from = found(file, sql);
                if (from < version()) {
                    for (String statement : steps.get(from)) {
                        sql.execute(statement);
                    }
                    sql.execute("PRAGMA user_version = " + (from + 1));
                }
            });
        }
    }

    /** For those who only read, and so cannot migrate. */
    void check(Path file, Sql sql) throws SQLException {
        int found = found(file, sql);
        if (found == 0) {
            throw JournalException.missing(file);
        } else if (found < version()) {
            throw JournalException.older(file, found);
        }
    }

    private int found(Path file, Sql sql) throws SQLException {
        int found = (int) sql.number("PRAGMA user_version");
        if (found > version()) {
            throw new JournalException.Newer(file, found, version());
        }
        return found;
    }

    private static List<String> first() {
        return List.of(
                "CREATE TABLE device (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
                // seen and summed: the last day on which a row, or a sum, referred to it; for clearing out.
                """
                CREATE TABLE destination (
                    id INTEGER PRIMARY KEY, address BLOB NOT NULL, protocol INTEGER NOT NULL, port INTEGER NOT NULL,
                    name TEXT NOT NULL, seen INTEGER NOT NULL, summed INTEGER NOT NULL DEFAULT 0,
                    UNIQUE (address, port, protocol, name)) STRICT""",
                """
                CREATE TABLE attempt (
                    id INTEGER PRIMARY KEY, device INTEGER NOT NULL, destination INTEGER NOT NULL,
                    packets INTEGER NOT NULL, late INTEGER NOT NULL) STRICT""",
                // destination 0: all others of that device and hour
                """
                CREATE TABLE attempt_hour (
                    hour INTEGER NOT NULL, device INTEGER NOT NULL, destination INTEGER NOT NULL,
                    packets INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
                    PRIMARY KEY (hour, device, destination)) STRICT, WITHOUT ROWID""",
                """
                CREATE TABLE flow (
                    id INTEGER PRIMARY KEY, late INTEGER NOT NULL, key INTEGER NOT NULL, ended INTEGER,
                    device INTEGER NOT NULL, destination INTEGER NOT NULL, outside INTEGER NOT NULL,
                    packets_out INTEGER NOT NULL, bytes_out INTEGER NOT NULL,
                    packets_in INTEGER NOT NULL, bytes_in INTEGER NOT NULL) STRICT""",
                "CREATE INDEX flow_open ON flow (key) WHERE ended IS NULL",
                "CREATE INDEX flow_of_device ON flow (device)",
                "CREATE TABLE change (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, device TEXT, kind TEXT NOT NULL,"
                        + " detail TEXT NOT NULL) STRICT",
                "CREATE TABLE verdict (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, device TEXT NOT NULL,"
                        + " status TEXT NOT NULL, grade TEXT NOT NULL, json TEXT NOT NULL) STRICT",
                "CREATE INDEX verdict_of_device ON verdict (device)",
                "CREATE TABLE device_window (id INTEGER PRIMARY KEY, device TEXT NOT NULL, opened INTEGER NOT NULL,"
                        + " until INTEGER NOT NULL, reason TEXT NOT NULL, closed INTEGER, closed_by TEXT) STRICT",
                "CREATE TABLE loss (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL,"
                        + " events INTEGER NOT NULL) STRICT",
                "CREATE TABLE coverage (source TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,"
                        + " lost INTEGER NOT NULL, PRIMARY KEY (source, since)) STRICT, WITHOUT ROWID",
                "CREATE TABLE canary (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, ok INTEGER NOT NULL,"
                        + " detail TEXT NOT NULL) STRICT",
                "CREATE TABLE name (address BLOB PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL)"
                        + " STRICT, WITHOUT ROWID",
                // The largest "late" of all rows: how far beyond its end a span's row numbers may lie.
                "CREATE TABLE most_late (millis INTEGER NOT NULL) STRICT",
                "INSERT INTO most_late VALUES (0)");
    }
}
