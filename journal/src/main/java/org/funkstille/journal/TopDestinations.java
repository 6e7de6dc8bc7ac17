package org.funkstille.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Keeps, of the sums that it is given, the largest of each device. Far quicker than to have the database rank them: that
 * sorts all sums a second time, in a file.
 */
final class TopDestinations {

    private static final String DEVICE = "SELECT name FROM device WHERE id = ?";
    private static final String DESTINATION = "SELECT address, protocol, port, name FROM destination WHERE id = ?";

    /** The one to give way first: fewer packets; of equals the higher number. */
    private static final Comparator<Sum> WEAKEST_FIRST =
            Comparator.comparingLong(Sum::packets).thenComparing(Sum::pair, Comparator.reverseOrder());

    /** @param pair the device's number, then 32 bits with the destination's */
    private record Sum(long pair, long packets) {}

    private final int perDevice;
    private final Map<Long, PriorityQueue<Sum>> best = new HashMap<>();

    TopDestinations(int perDevice) {
        this.perDevice = perDevice;
    }

    void add(long pair, long packets) {
        PriorityQueue<Sum> own = best.computeIfAbsent(pair >> 32, device -> new PriorityQueue<>(WEAKEST_FIRST));
        Sum sum = new Sum(pair, packets);
        if (own.size() < perDevice) {
            own.add(sum);
        } else if (perDevice > 0 && WEAKEST_FIRST.compare(sum, own.element()) > 0) {
            own.remove();
            own.add(sum);
        }
    }

    /** By name of the device, the largest first. */
    List<DestinationTotal> named(Sql sql) throws SQLException {
        List<DestinationTotal> totals = new ArrayList<>();
        for (Map.Entry<Long, PriorityQueue<Sum>> entry : best.entrySet()) {
            Optional<String> device = sql.first(DEVICE, row -> row.getString(1), entry.getKey());
            List<Sum> sums = new ArrayList<>(entry.getValue());
            sums.sort(WEAKEST_FIRST.reversed());
            for (Sum sum : sums) {
                totals.add(named(sql, device.orElse(""), sum));
            }
        }
        totals.sort(Comparator.comparing(DestinationTotal::device)); // a stable one
        return totals;
    }

    private static DestinationTotal named(Sql sql, String device, Sum sum) throws SQLException {
        Optional<DestinationTotal> known = sql.first(
                DESTINATION,
                row -> new DestinationTotal(
                        device,
                        Optional.of(AttemptQueries.endpoint(row, 1)),
                        AttemptQueries.name(row, 4),
                        sum.packets()),
                sum.pair() & 0xffff_ffffL);
        // Number 0, or one that was cleared out meanwhile.
        return known.orElseGet(() -> new DestinationTotal(device, Optional.empty(), Optional.empty(), sum.packets()));
    }
}
