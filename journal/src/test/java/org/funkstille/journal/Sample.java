package org.funkstille.journal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/** Values that tests share. */
final class Sample {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    static final JournalSettings SETTINGS = JournalSettings.DEFAULT;

    private Sample() {}

    static Endpoint endpoint(int number) {
        byte[] octets = {(byte) 192, 0, (byte) (number >> 8), (byte) number};
        return new Endpoint(Addresses.of(octets), Protocol.UDP, 1000 + (number >> 16));
    }

    static Attempt attempt(Instant at, String device, int destination) {
        return attempt(at, device, destination, 1);
    }

    static Attempt attempt(Instant at, String device, int destination, long packets) {
        return new Attempt(at, device, endpoint(destination), Optional.empty(), packets);
    }

    /** All to different destinations, a millisecond apart. */
    static List<Attempt> attempts(Instant from, String device, int number) {
        return LongStream.range(0, number)
                .mapToObj(i -> attempt(from.plusMillis(i), device, (int) i))
                .toList();
    }

    static Flow flow(Instant began, Optional<Instant> ended, boolean outside, Traffic traffic) {
        return new Flow(began, ended, "vacuum", endpoint(7), Optional.of("cloud.example"), outside, traffic);
    }

    static Journal journal(Path directory) {
        return Journal.open(directory.resolve("journal.db"), SETTINGS, CLOCK);
    }

    static JournalSettings keeping(Duration keep, long maxBytes) {
        return new JournalSettings(Optional.empty(), keep, maxBytes);
    }

    static List<Attempt> plain(List<StoredAttempt> stored) {
        return stored.stream().map(StoredAttempt::attempt).toList();
    }
}
