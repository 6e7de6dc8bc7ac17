package org.funkstille.bench.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/**
 * Attempts of a large home over 30 days, in order of time. Few devices and few destinations make most of them. The same
 * seed gives the same attempts.
 */
final class SyntheticAttempts {

    static final Duration SPAN = Duration.ofDays(30);
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final int DEVICES = 60;
    private static final int DESTINATIONS = 20_000;

    private final Random random;
    private final long total;
    private final List<String> devices;
    private final List<Endpoint> destinations;
    private final List<Optional<String>> names;
    private long made;

    SyntheticAttempts(long seed, long total) {
        this.random = new Random(seed);
        this.total = total;
        this.devices = IntStream.range(0, DEVICES).mapToObj(i -> "device-" + i).toList();
        this.destinations = IntStream.range(0, DESTINATIONS)
                .mapToObj(SyntheticAttempts::destination)
                .toList();
        this.names = IntStream.range(0, DESTINATIONS)
                .mapToObj(i -> i % 3 == 0 ? Optional.of("host-" + i + ".cloud.example") : Optional.<String>empty())
                .toList();
    }

    private static Endpoint destination(int number) {
        byte[] octets = {(byte) 198, 18, (byte) (number >> 8), (byte) number};
        return new Endpoint(
                Addresses.of(octets),
                number % 2 == 0 ? Protocol.UDP : Protocol.TCP,
                new int[] {53, 443, 8053, 123, 80}[number % 5]);
    }

    /** The next ones; fewer than {@code most} at the end. */
    List<Attempt> next(int most) {
        List<Attempt> attempts = new ArrayList<>(most);
        while (attempts.size() < most && made < total) {
            Instant at = BEGIN.plusMillis(made * SPAN.toMillis() / total);
            int destination = skewed(DESTINATIONS);
            attempts.add(new Attempt(
                    at, devices.get(skewed(DEVICES)), destinations.get(destination), names.get(destination), 1));
            made++;
        }
        return attempts;
    }

    /** The cube pulls half of all draws into the first eighth. */
    private int skewed(int bound) {
        double draw = random.nextDouble();
        return (int) (draw * draw * draw * bound);
    }
}
