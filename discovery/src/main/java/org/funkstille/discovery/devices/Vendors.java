package org.funkstille.discovery.devices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.net.Mac;

/** Who made the network cards of gateways and vacuums; the data and its source are in {@code vendors.tsv}. */
final class Vendors {

    private static final int DEVICE_BITS = 24;

    private final Map<Long, String> byPrefix;

    private Vendors(Map<Long, String> byPrefix) {
        this.byPrefix = Map.copyOf(byPrefix);
    }

    static Vendors known() {
        try (InputStream stream = Objects.requireNonNull(Vendors.class.getResourceAsStream("vendors.tsv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return new Vendors(reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toMap(parts -> Long.parseLong(parts[0], 16), parts -> parts[1])));
        } catch (IOException broken) {
            throw new IllegalStateException("reading vendors.tsv", broken);
        }
    }

    Optional<String> of(Mac mac) {
        return Optional.ofNullable(byPrefix.get(mac.bits() >>> DEVICE_BITS));
    }
}
