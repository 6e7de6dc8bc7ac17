package org.funkstille.evidence;

import java.io.InputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.NeighbourSeen;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;

/** Reads what {@code ip neigh show} and {@code ip monitor neigh} print (ip-neighbour(8)). */
public final class NeighbourTextReader {

    private static final Set<String> HAS_ADDRESS = Set.of("REACHABLE", "STALE", "DELAY", "PROBE", "PERMANENT");

    private final LineReader reader;
    private final Outlet outlet;

    public NeighbourTextReader(Consumer<? super EvidenceEvent> consumer, InstantSource clock) {
        outlet = new Outlet(EvidenceSource.NEIGHBOURS, consumer);
        reader = new LineReader(outlet, NeighbourTextReader::decode, clock);
    }

    /** Reads until the stream ends; the last event is {@link EvidenceEvent.Ended}. */
    public void read(InputStream stream) {
        reader.read(stream);
    }

    public EvidenceCounts counts() {
        return outlet.counts();
    }

    static Decoded decode(String line, Instant now) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        if (words.getFirst().isEmpty() || words.getFirst().equalsIgnoreCase("deleted")) {
            return Decoded.NOTHING;
        }
        Optional<InetAddress> address = Addresses.tryParse(words.getFirst());
        if (address.isEmpty()) {
            return Decoded.MALFORMED;
        }
        int key = words.indexOf("lladdr");
        if (key < 0) {
            return Decoded.NOTHING; // incomplete or failed
        }
        Optional<Mac> mac = key + 1 < words.size() ? Mac.tryParse(words.get(key + 1)) : Optional.empty();
        if (mac.isEmpty()) {
            return Decoded.MALFORMED;
        }
        return words.stream().anyMatch(HAS_ADDRESS::contains)
                ? Decoded.of(new NeighbourSeen(now, mac.get(), address.get()))
                : Decoded.NOTHING;
    }
}
