package org.funkstille.evidence;

import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * A packet that a {@code log group} rule gave us: the body of a NFULNL_MSG_PACKET message
 * (linux/netfilter/nfnetlink_log.h). A record of a LINKTYPE_NFLOG capture has the same form.
 *
 * @param at when it came in, or the time passed to the decoder where the packet does not say
 * @param sequence the kernel's number for it, 32 bits; {@link #UNNUMBERED} where it has none
 * @param toRouter true where it was to leave by no interface
 * @param payload the packet from its IP header on, perhaps cut off
 */
record LoggedPacket(Instant at, long sequence, Optional<Mac> mac, boolean toRouter, Octets payload) {

    static final long UNNUMBERED = -1;

    private static final int NFGENMSG = 4;
    private static final int TIMESTAMP = 3;
    private static final int OUTPUT_INTERFACE = 5;
    private static final int HARDWARE_ADDRESS = 8;
    private static final int PAYLOAD = 9;
    private static final int SEQUENCE = 12;
    private static final long LAST_SECOND = 1L << 34; // no clock is honestly there
    private static final Octets NONE = Octets.of(new byte[0]);

    /**
     * Nothing where the attributes lie about their lengths.
     *
     * @param order of the machine that made it
     */
    static Optional<LoggedPacket> decode(Octets body, ByteOrder order, Instant now) {
        Instant at = now;
        long sequence = UNNUMBERED;
        Optional<Mac> mac = Optional.empty();
        boolean toRouter = true;
        Octets payload = NONE;
        if (!body.has(0, NFGENMSG)) {
            return Optional.empty();
        }
        AttributeCursor attribute = new AttributeCursor(body, NFGENMSG, order);
        while (attribute.next()) {
            switch (attribute.type()) {
                case TIMESTAMP -> at = time(attribute.value(), now);
                case OUTPUT_INTERFACE -> toRouter = false;
                case HARDWARE_ADDRESS -> mac = mac(attribute.value());
                case PAYLOAD -> payload = attribute.value();
                case SEQUENCE ->
                    sequence = attribute.length() == 4 ? attribute.value().u32(0) : UNNUMBERED;
                default -> {}
            }
        }
        return attribute.isDamaged()
                ? Optional.empty()
                : Optional.of(new LoggedPacket(at, sequence, mac, toRouter, payload));
    }

    private static Instant time(Octets value, Instant now) {
        if (!value.has(0, 16)) {
            return now;
        }
        long seconds = value.i64(0);
        long micros = value.i64(8);
        boolean plausible = seconds > 0 && seconds < LAST_SECOND && micros >= 0 && micros < 1_000_000;
        return plausible ? Instant.ofEpochSecond(seconds, micros * 1_000) : now;
    }

    /** Loopback has the address zero, which nobody owns. */
    private static Optional<Mac> mac(Octets value) {
        if (!value.has(0, 10) || value.u16(0) != 6) {
            return Optional.empty();
        }
        long bits = (long) value.u16(4) << 32 | value.u32(6);
        return bits == 0 ? Optional.empty() : Optional.of(new Mac(bits));
    }
}
