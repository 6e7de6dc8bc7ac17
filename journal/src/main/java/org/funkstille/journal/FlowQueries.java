package org.funkstille.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.Traffic;

/** Questions about flows. */
final class FlowQueries {

    private static final String BETWEEN = """
            SELECT (flow.id >> 20) - late AS began, ended, address, protocol, port, destination.name, outside,
                packets_out, bytes_out, packets_in, bytes_in
            FROM flow JOIN destination ON destination.id = flow.destination
            WHERE flow.device = (SELECT id FROM device WHERE name = ?1)
                AND flow.id < min(?3 + (SELECT millis FROM most_late), 8796093022207) << 20
                AND began < ?3 AND (ended IS NULL OR ended >= ?2) AND outside >= ?4
            ORDER BY flow.id LIMIT ?5""";

    private FlowQueries() {}

    static List<Flow> between(Sql sql, String device, Instant from, Instant until, boolean outsideOnly, int limit)
            throws SQLException {
        return sql.query(
                BETWEEN,
                row -> new Flow(
                        Sql.instant(row, 1),
                        Sql.optionalInstant(row, 2),
                        device,
                        AttemptQueries.endpoint(row, 3),
                        AttemptQueries.name(row, 6),
                        row.getBoolean(7),
                        new Traffic(row.getLong(8), row.getLong(9), row.getLong(10), row.getLong(11))),
                device,
                from,
                until,
                outsideOnly,
                limit);
    }
}
