package org.funkstille.journal;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/** Questions about attempts. Row numbers carry time ({@link TimedId}), so a span is a range of them. */
final class AttemptQueries {

    /** A CROSS JOIN keeps the tables in this order, so that rows come as they are numbered and a limit ends it. */
    private static final String ROWS = """
            SELECT attempt.id, (attempt.id >> 20) - late, device.name, packets,
                address, protocol, port, destination.name
            FROM attempt CROSS JOIN device ON device.id = attempt.device
            CROSS JOIN destination ON destination.id = attempt.destination
            WHERE attempt.id >= ?1 AND (attempt.id >> 20) - late >= ?2
                AND (?3 IS NULL OR attempt.device = (SELECT id FROM device WHERE name = ?3))
            ORDER BY attempt.id""";

    /** Device and destination as one number, and nothing else beside it: what is sorted is what takes the time. */
    private static final String SUMS = """
            SELECT pair, sum(packets) FROM (
                SELECT device << 32 | destination AS pair, packets FROM attempt
                WHERE id >= ?1 << 20 AND id < min(?2 + (SELECT millis FROM most_late), 8796093022207) << 20
                    AND (id >> 20) - late >= ?1 AND (id >> 20) - late < ?2 AND (?3 IS NULL OR device = ?3)
                UNION ALL
                SELECT device << 32 | destination AS pair, packets FROM attempt_hour
                WHERE hour BETWEEN ?1 / 3600000 AND ?2 / 3600000 AND last >= ?1 AND first < ?2
                    AND (?3 IS NULL OR device = ?3))
            GROUP BY pair""";

    private static final String TOTALS = """
            SELECT device.name, sum(packets) FROM (
                SELECT device, packets FROM attempt WHERE id >= ?1 << 20 AND (id >> 20) - late >= ?1
                UNION ALL
                SELECT device, packets FROM attempt_hour WHERE hour >= ?1 / 3600000 AND last >= ?1)
            JOIN device ON device.id = device
            GROUP BY device.name ORDER BY device.name""";

    private AttemptQueries() {}

    static List<StoredAttempt> since(Sql sql, Instant since, Optional<String> device, Order order, int limit)
            throws SQLException {
        long millis = TimedId.millis(since);
        return rows(sql, TimedId.first(millis), millis, device, order, limit);
    }

    static List<StoredAttempt> after(Sql sql, long id, Optional<String> device, int limit) throws SQLException {
        return rows(sql, id + 1, 0, device, Order.OLDEST_FIRST, limit);
    }

    private static List<StoredAttempt> rows(
            Sql sql, long fromId, long fromMillis, Optional<String> device, Order order, int limit)
            throws SQLException {
        String text = ROWS + (order == Order.NEWEST_FIRST ? " DESC" : " ASC") + " LIMIT ?4";
        return sql.query(
                text,
                row -> new StoredAttempt(
                        row.getLong(1),
                        new Attempt(
                                Sql.instant(row, 2), row.getString(3), endpoint(row, 5), name(row, 8), row.getLong(4))),
                fromId,
                fromMillis,
                device,
                limit);
    }

    static List<DestinationTotal> top(Sql sql, Instant from, Instant until, Optional<String> device, int perDevice)
            throws SQLException {
        Optional<Long> number = Optional.empty();
        if (device.isPresent()) {
            number = sql.first("SELECT id FROM device WHERE name = ?", row -> row.getLong(1), device);
            if (number.isEmpty()) {
                return List.of();
            }
        }
        TopDestinations top = new TopDestinations(perDevice);
        sql.each(SUMS, row -> top.add(row.getLong(1), row.getLong(2)), from, until, number);
        return top.named(sql);
    }

    static Map<String, Long> totals(Sql sql, Instant since) throws SQLException {
        Map<String, Long> totals = new LinkedHashMap<>();
        sql.query(TOTALS, row -> totals.put(row.getString(1), row.getLong(2)), since);
        return totals;
    }

    /** Address, protocol and port stand in three columns from {@code column} on. */
    static Endpoint endpoint(ResultSet row, int column) throws SQLException {
        InetAddress address = Addresses.of(row.getBytes(column));
        return new Endpoint(address, new Protocol(row.getInt(column + 1)), row.getInt(column + 2));
    }

    static Optional<String> name(ResultSet row, int column) throws SQLException {
        return Sql.optionalText(row, column).filter(name -> !name.isEmpty());
    }
}
