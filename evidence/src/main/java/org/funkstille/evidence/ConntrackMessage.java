package org.funkstille.evidence;

import java.net.InetAddress;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.evidence.EvidenceEvent.FlowBegan;
import org.funkstille.core.evidence.EvidenceEvent.FlowEnded;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/** Reads the events of connection tracking (linux/netfilter/nfnetlink_conntrack.h). */
final class ConntrackMessage {

    /** NFNL_SUBSYS_CTNETLINK with IPCTNL_MSG_CT_NEW. */
    static final int NEW = 0x100;

    /** NFNL_SUBSYS_CTNETLINK with IPCTNL_MSG_CT_DELETE. */
    static final int DELETE = 0x102;

    private static final int NFGENMSG = 4;
    private static final int CTA_TUPLE_ORIG = 1;
    private static final int CTA_COUNTERS_ORIG = 9;
    private static final int CTA_COUNTERS_REPLY = 10;
    private static final int CTA_ID = 12;
    private static final int CTA_TIMESTAMP = 20;
    private static final int CTA_TUPLE_IP = 1;
    private static final int CTA_TUPLE_PROTO = 2;
    private static final long NANOS_IN_SECOND = 1_000_000_000;

    private record Count(long packets, long bytes) {
        static final Count ZERO = new Count(0, 0);
    }

    private record Tuple(InetAddress source, int sourcePort, Endpoint destination) {}

    private ConntrackMessage() {}

    static Decoded decode(int type, Octets body, ByteOrder order, Instant now) {
        if (type != NEW && type != DELETE) {
            return Decoded.NOTHING;
        }
        if (!body.has(0, NFGENMSG)) {
            return Decoded.MALFORMED;
        }
        Optional<Tuple> tuple = Optional.empty();
        Count out = Count.ZERO;
        Count in = Count.ZERO;
        long id = -1;
        Instant at = now;
        AttributeCursor attribute = new AttributeCursor(body, NFGENMSG, order);
        while (attribute.next()) {
            switch (attribute.type()) {
                case CTA_TUPLE_ORIG -> tuple = tuple(attribute.value(), order);
                case CTA_COUNTERS_ORIG -> out = count(attribute.value(), order);
                case CTA_COUNTERS_REPLY -> in = count(attribute.value(), order);
                case CTA_ID -> id = attribute.length() == 4 ? attribute.value().u32(0) : -1;
                case CTA_TIMESTAMP -> at = time(attribute.value(), order, type == NEW ? 1 : 2, now);
                default -> {}
            }
        }
        if (attribute.isDamaged() || tuple.isEmpty() || id < 0) {
            return Decoded.MALFORMED;
        }
        Tuple first = tuple.get();
        FlowKey key = new FlowKey(id, first.source(), first.sourcePort(), first.destination());
        return Decoded.of(
                type == NEW
                        ? new FlowBegan(at, key)
                        : new FlowEnded(at, key, new Traffic(out.packets(), out.bytes(), in.packets(), in.bytes())));
    }

    private static Optional<Tuple> tuple(Octets nested, ByteOrder order) {
        byte[] source = {};
        byte[] destination = {};
        int protocol = -1;
        int sourcePort = 0;
        int port = 0;
        AttributeCursor part = new AttributeCursor(nested, 0, order);
        while (part.next()) {
            AttributeCursor field = new AttributeCursor(part.value(), 0, order);
            while (field.next()) {
                Octets value = field.value();
                switch (part.type() << 8 | field.type()) {
                    // addresses: IPv4 has 1 and 2, IPv6 has 3 and 4
                    case CTA_TUPLE_IP << 8 | 1, CTA_TUPLE_IP << 8 | 3 -> source = value.copy(0, value.length());
                    case CTA_TUPLE_IP << 8 | 2, CTA_TUPLE_IP << 8 | 4 -> destination = value.copy(0, value.length());
                    case CTA_TUPLE_PROTO << 8 | 1 -> protocol = value.has(0, 1) ? value.u8(0) : -1;
                    case CTA_TUPLE_PROTO << 8 | 2 -> sourcePort = value.has(0, 2) ? value.u16(0) : 0;
                    case CTA_TUPLE_PROTO << 8 | 3 -> port = value.has(0, 2) ? value.u16(0) : 0;
                    default -> {}
                }
            }
        }
        if (protocol < 0 || source.length != destination.length || (source.length != 4 && source.length != 16)) {
            return Optional.empty();
        }
        Protocol known = new Protocol(protocol);
        boolean ports = known.hasPorts();
        return Optional.of(new Tuple(
                Addresses.of(source),
                ports ? sourcePort : 0,
                new Endpoint(Addresses.of(destination), known, ports ? port : 0)));
    }

    /** CTA_COUNTERS_PACKETS and CTA_COUNTERS_BYTES. */
    private static Count count(Octets nested, ByteOrder order) {
        return new Count(number(nested, order, 1), number(nested, order, 2));
    }

    private static long number(Octets nested, ByteOrder order, int type) {
        AttributeCursor field = new AttributeCursor(nested, 0, order);
        while (field.next()) {
            if (field.type() == type && field.length() == 8) {
                return field.value().i64(0);
            }
        }
        return 0;
    }

    /** CTA_TIMESTAMP_START is 1, CTA_TIMESTAMP_STOP is 2: nanoseconds since 1970. */
    private static Instant time(Octets nested, ByteOrder order, int type, Instant now) {
        long nanos = number(nested, order, type);
        return nanos > 0 ? Instant.ofEpochSecond(nanos / NANOS_IN_SECOND, nanos % NANOS_IN_SECOND) : now;
    }
}
