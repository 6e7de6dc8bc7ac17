package org.funkstille.lab.facade.fritzbox;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Session ids, of 64 bits in hex. One that is not used for 20 minutes ends (AVM, "Session-IDs"). */
final class Sessions {

    /** What says that there is no session. */
    static final String NONE = "0000000000000000";

    private static final Duration IDLE = Duration.ofMinutes(20);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final BoxClock clock;
    private final Map<String, Instant> used = new HashMap<>();

    Sessions(BoxClock clock) {
        this.clock = clock;
    }

    static String random(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    synchronized String open() {
        String sid = random(8);
        used.put(sid, clock.instant());
        return sid;
    }

    /** True where it is open, which uses it. */
    synchronized boolean isOpen(Optional<String> sid) {
        expire();
        return sid.isPresent() && used.computeIfPresent(sid.get(), (_, _) -> clock.instant()) != null;
    }

    synchronized void end(String sid) {
        used.remove(sid);
    }

    synchronized void expire() {
        Instant oldest = clock.instant().minus(IDLE);
        used.values().removeIf(last -> last.isBefore(oldest));
    }

    synchronized void endAll() {
        used.clear();
    }
}
