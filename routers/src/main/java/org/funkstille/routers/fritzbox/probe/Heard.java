package org.funkstille.routers.fritzbox.probe;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;

/** What a frame from the wire says, as far as it is of interest. Lengths in it may lie. */
sealed interface Heard {

    /** @param question false for an answer */
    record Arp(boolean question, Mac sender, InetAddress senderAddress, InetAddress asked) implements Heard {}

    /** Somebody asks who holds an IPv6 address. */
    record Solicitation(Mac sender, InetAddress senderAddress, InetAddress asked) implements Heard {}

    /**
     * A router says that it is there.
     *
     * @param leadsOut false where it is no way out (lifetime 0)
     * @param prefixes from which hosts make their own addresses
     */
    record Advertisement(Mac router, boolean leadsOut, List<Prefix> prefixes) implements Heard {

        public Advertisement {
            prefixes = List.copyOf(prefixes);
        }
    }

    record Segment(Mac sender, InetAddress source, int port, InetAddress to, int toPort, int acknowledged, int flags)
            implements Heard {}

    record Datagram(InetAddress source, int port, InetAddress to, int toPort) implements Heard {}

    /** @param numberAndData what an answer repeats */
    record Echo(boolean question, Mac sender, InetAddress source, InetAddress to, ByteBuffer numberAndData)
            implements Heard {}

    int ETHERNET = 14;

    static Optional<Heard> in(byte[] frame) {
        if (frame.length < ETHERNET) {
            return Optional.empty();
        }
        ByteBuffer octets = ByteBuffer.wrap(frame);
        Mac sender = mac(octets, 6);
        ByteBuffer rest = octets.slice(ETHERNET, frame.length - ETHERNET);
        try {
            return switch (octets.getShort(12) & 0xffff) {
                case Frames.ARP -> arp(rest);
                case Frames.IPV4 -> ipv4(sender, rest);
                case Frames.IPV6 -> ipv6(sender, rest);
                default -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<Heard> arp(ByteBuffer packet) {
        int operation = packet.getShort(6);
        boolean ethernet = packet.getInt(0) == 0x0001_0800 && packet.getShort(4) == 0x0604;
        return ethernet && (operation == 1 || operation == 2)
                ? Optional.of(new Arp(operation == 1, mac(packet, 8), address(packet, 14, 4), address(packet, 24, 4)))
                : Optional.empty();
    }

    private static Optional<Heard> ipv4(Mac sender, ByteBuffer packet) {
        int header = (packet.get(0) & 0x0f) * 4;
        int length = Math.min(packet.getShort(2) & 0xffff, packet.capacity());
        boolean fragment = (packet.getShort(6) & 0x3fff) != 0;
        if (packet.get(0) >>> 4 != 4 || header < 20 || fragment) {
            return Optional.empty();
        }
        ByteBuffer upper = packet.slice(header, length - header);
        return upper(sender, packet.get(9) & 0xff, 0, address(packet, 12, 4), address(packet, 16, 4), upper);
    }

    private static Optional<Heard> ipv6(Mac sender, ByteBuffer packet) {
        int length = Math.min(packet.getShort(4) & 0xffff, packet.capacity() - 40);
        ByteBuffer upper = packet.slice(40, length);
        int hops = packet.get(7) & 0xff;
        return upper(sender, packet.get(6) & 0xff, hops, address(packet, 8, 16), address(packet, 24, 16), upper);
    }

    private static Optional<Heard> upper(
            Mac sender, int protocol, int hops, InetAddress source, InetAddress to, ByteBuffer upper) {
        if (protocol == Protocol.TCP.number()) {
            return Optional.of(new Segment(
                    sender,
                    source,
                    upper.getShort(0) & 0xffff,
                    to,
                    upper.getShort(2) & 0xffff,
                    upper.getInt(8),
                    upper.get(13) & 0xff));
        }
        if (protocol == Protocol.UDP.number()) {
            return Optional.of(new Datagram(source, upper.getShort(0) & 0xffff, to, upper.getShort(2) & 0xffff));
        }
        if (protocol == Protocol.ICMP.number()) {
            int type = upper.get(0) & 0xff;
            return type == 8 || type == 0
                    ? Optional.of(new Echo(type == 8, sender, source, to, rest(upper)))
                    : Optional.empty();
        }
        return protocol == Protocol.ICMPV6.number() ? icmpv6(sender, hops, source, to, upper) : Optional.empty();
    }

    private static Optional<Heard> icmpv6(Mac sender, int hops, InetAddress source, InetAddress to, ByteBuffer upper) {
        int type = upper.get(0) & 0xff;
        if (type == 128 || type == 129) {
            return Optional.of(new Echo(type == 128, sender, source, to, rest(upper)));
        }
        // Neighbour discovery from beyond this wire is somebody's trick (RFC 4861, 6.1.2).
        if (hops != Frames.ON_LINK) {
            return Optional.empty();
        }
        return switch (type) {
            case 134 -> Optional.of(new Advertisement(sender, upper.getShort(6) != 0, prefixes(upper)));
            case 135 -> Optional.of(new Solicitation(sender, source, address(upper, 8, 16)));
            default -> Optional.empty();
        };
    }

    /** Options of type 3 with the flag A, of the one length that hosts make addresses from (RFC 4862, 5.5.3). */
    private static List<Prefix> prefixes(ByteBuffer advertisement) {
        List<Prefix> prefixes = new ArrayList<>();
        int at = 16;
        while (at + 8 <= advertisement.capacity()) {
            int length = (advertisement.get(at + 1) & 0xff) * 8;
            if (length == 0) {
                return prefixes;
            }
            boolean makes = advertisement.get(at) == 3 && (advertisement.get(at + 3) & 0x40) != 0;
            if (makes && advertisement.get(at + 2) == 64 && advertisement.getInt(at + 4) != 0) {
                prefixes.add(new Prefix(address(advertisement, at + 16, 16), 64));
            }
            at += length;
        }
        return prefixes;
    }

    private static ByteBuffer rest(ByteBuffer icmp) {
        return icmp.slice(4, icmp.capacity() - 4).asReadOnlyBuffer();
    }

    private static Mac mac(ByteBuffer octets, int at) {
        byte[] mac = new byte[6];
        octets.get(at, mac);
        return Mac.of(mac);
    }

    private static InetAddress address(ByteBuffer octets, int at, int length) {
        byte[] address = new byte[length];
        octets.get(at, address);
        InetAddress read = Addresses.of(address);
        if (read.getAddress().length != length) {
            throw new IllegalArgumentException("an IPv4 address in IPv6's clothes");
        }
        return read;
    }
}
