package org.funkstille.journal;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Endpoint;

/** The numbers by which rows name devices and destinations. Remembers the ones used last. */
final class Dictionary {

    private static final int REMEMBERED = 16_384;

    private static final String DEVICE = """
            INSERT INTO device (name) VALUES (?)
            ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id""";

    private static final String DESTINATION = """
            INSERT INTO destination (address, protocol, port, name, seen) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (address, port, protocol, name) DO UPDATE SET seen = max(seen, excluded.seen) RETURNING id""";

    private record Destination(Endpoint endpoint, String name) {}

    private record Known(long id, long day) {}

    private final Sql sql;
    private final Map<String, Long> devices = new Remembering<>();
    private final Map<Destination, Known> destinations = new Remembering<>();

    Dictionary(Sql sql) {
        this.sql = sql;
    }

    long device(String name) throws SQLException {
        Long known = devices.get(name);
        if (known == null) {
            known = sql.number(DEVICE, name);
            devices.put(name, known);
        }
        return known;
    }

    /** @param millis the time of the row that refers to it; it is kept for as long as that row */
    long destination(Endpoint endpoint, Optional<String> name, long millis) throws SQLException {
        long day = Retention.day(millis);
        Destination wanted = new Destination(endpoint, name.orElse(""));
        Known known = destinations.get(wanted);
        if (known == null || known.day < day) {
            byte[] address = endpoint.address().getAddress();
            int protocol = endpoint.protocol().number();
            long id = sql.number(DESTINATION, address, protocol, endpoint.port(), wanted.name, day);
            known = new Known(id, day);
            destinations.put(wanted, known);
        }
        return known.id;
    }

    /** After numbers may have gone: rows were cleared out, or a transaction that gave new ones was undone. */
    void forget() {
        devices.clear();
        destinations.clear();
    }

    private static final class Remembering<K, V> extends LinkedHashMap<K, V> {
        Remembering() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
