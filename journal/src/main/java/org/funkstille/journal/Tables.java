package org.funkstille.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.Traffic;

/** Writes values into their tables, within a transaction of the caller's. */
final class Tables {

    private static final int ROWS_A_CALL = 512;

    private final Sql sql;
    private final Dictionary dictionary;

    Tables(Sql sql, Dictionary dictionary) {
        this.sql = sql;
        this.dictionary = dictionary;
    }

    void append(List<Attempt> attempts) throws SQLException {
        long id = newest("attempt");
        long mostLate = 0;
        int waiting = 0;
        PreparedStatement insert =
                sql.prepare("INSERT INTO attempt (id, device, destination, packets, late) VALUES (?, ?, ?, ?, ?)");
        for (Attempt attempt : attempts) {
            long at = TimedId.millis(attempt.at());
            id = TimedId.next(id, at);
            long written = TimedId.millis(id);
            mostLate = Math.max(mostLate, written - at);
            insert.setLong(1, id);
            insert.setLong(2, dictionary.device(attempt.device()));
            insert.setLong(3, dictionary.destination(attempt.destination(), attempt.name(), written));
            insert.setLong(4, attempt.packets());
            insert.setLong(5, written - at);
            insert.addBatch();
            if (++waiting == ROWS_A_CALL) {
                insert.executeBatch();
                waiting = 0;
            }
        }
        insert.executeBatch();
        noteLate(mostLate);
    }

    void write(JournalEntry entry) throws SQLException {
        switch (entry) {
            case FlowBegan began -> insert(began.key(), began.flow());
            case FlowEnded ended -> end(ended.key(), ended.flow());
            case Change(var at, var device, var kind, var detail) ->
                sql.update(
                        "INSERT INTO change (at, device, kind, detail) VALUES (?, ?, ?, ?)", at, device, kind, detail);
            case StoredVerdict(var at, var device, var status, var grade, var json) ->
                sql.update(
                        "INSERT INTO verdict (at, device, status, grade, json) VALUES (?, ?, ?, ?, ?)",
                        at,
                        device,
                        status,
                        grade,
                        json);
            case WindowRecord(var id, var device, var opened, var until, var reason, var closed, var closedBy) ->
                sql.update("""
                        INSERT OR REPLACE INTO device_window (id, device, opened, until, reason, closed, closed_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""", id, device, opened, until, reason, closed, closedBy);
            case Loss(var at, var source, var events) ->
                sql.update("INSERT INTO loss (at, source, events) VALUES (?, ?, ?)", at, source.word(), events);
            case Coverage(var source, var from, var until, var lost) ->
                sql.update(
                        "INSERT OR REPLACE INTO coverage (source, since, until, lost) VALUES (?, ?, ?, ?)",
                        source.word(),
                        from,
                        until,
                        lost);
            case CanaryResult(var at, var ok, var detail) ->
                sql.update("INSERT INTO canary (at, ok, detail) VALUES (?, ?, ?)", at, ok, detail);
            case NameSeen(var at, var address, var name) -> sql.update("""
                        INSERT INTO name (address, name, at) VALUES (?, ?, ?)
                        ON CONFLICT (address) DO UPDATE SET name = excluded.name, at = excluded.at
                        WHERE excluded.at >= at""", address.getAddress(), name, at);
        }
    }

    private void insert(long key, Flow flow) throws SQLException {
        long began = TimedId.millis(flow.began());
        long id = TimedId.next(newest("flow"), began);
        long written = TimedId.millis(id);
        Traffic traffic = flow.traffic();
        sql.update(
                """
                INSERT INTO flow (id, late, key, ended, device, destination, outside,
                    packets_out, bytes_out, packets_in, bytes_in)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id,
                written - began,
                key,
                flow.ended(),
                dictionary.device(flow.device()),
                dictionary.destination(flow.destination(), flow.name(), written),
                flow.outside(),
                traffic.packetsOut(),
                traffic.bytesOut(),
                traffic.packetsIn(),
                traffic.bytesIn());
        noteLate(written - began);
    }

    /** Keys come again: of several open rows with this key the newest is meant. */
    private void end(long key, Flow flow) throws SQLException {
        Traffic traffic = flow.traffic();
        int found = sql.update(
                """
                UPDATE flow SET ended = ?, packets_out = ?, bytes_out = ?, packets_in = ?, bytes_in = ?
                WHERE id = (SELECT max(id) FROM flow WHERE key = ? AND ended IS NULL AND device = ?)""",
                flow.ended(),
                traffic.packetsOut(),
                traffic.bytesOut(),
                traffic.packetsIn(),
                traffic.bytesIn(),
                key,
                dictionary.device(flow.device()));
        if (found == 0) {
            insert(key, flow);
        }
    }

    private long newest(String table) throws SQLException {
        return sql.number("SELECT max(id) FROM " + table);
    }

    private void noteLate(long millis) throws SQLException {
        if (millis > 0) {
            sql.update("UPDATE most_late SET millis = ?1 WHERE millis < ?1", millis);
        }
    }
}
