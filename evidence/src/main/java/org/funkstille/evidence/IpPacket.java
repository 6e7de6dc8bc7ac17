package org.funkstille.evidence;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/**
 * The headers of an IPv4 (RFC 791) or IPv6 (RFC 8200) packet, of which the end may be missing.
 *
 * @param sourcePort 0 where the protocol has none, and in every fragment but the first
 * @param content what follows the UDP or TCP header; empty for other protocols
 */
record IpPacket(InetAddress source, int sourcePort, Endpoint destination, Octets content) {

    private static final Octets NONE = Octets.of(new byte[0]);
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int MOST_EXTENSION_HEADERS = 16;
    private static final int DNS_PORT = 53;

    /** Nothing where not even the addresses are whole. */
    static Optional<IpPacket> decode(Octets packet) {
        if (!packet.has(0, 1)) {
            return Optional.empty();
        }
        return switch (packet.u8(0) >>> 4) {
            case 4 -> ipv4(packet);
            case 6 -> ipv6(packet);
            default -> Optional.empty();
        };
    }

    private static Optional<IpPacket> ipv4(Octets packet) {
        int header = (packet.u8(0) & 0xf) * 4;
        if (header < IPV4_HEADER || !packet.has(0, header)) {
            return Optional.empty();
        }
        int end = Math.clamp(packet.u16(2), header, packet.length()); // the rest is padding
        boolean first = (packet.u16(6) & 0x1fff) == 0;
        Octets rest = first ? packet.slice(header, end - header) : NONE;
        return Optional.of(transport(packet.copy(12, 4), packet.copy(16, 4), packet.u8(9), rest));
    }

    private static Optional<IpPacket> ipv6(Octets packet) {
        if (!packet.has(0, IPV6_HEADER)) {
            return Optional.empty();
        }
        int protocol = packet.u8(6);
        int at = IPV6_HEADER;
        boolean first = true;
        for (int count = 0; first && count < MOST_EXTENSION_HEADERS; count++) {
            int size = extensionLength(packet, protocol, at);
            if (size == 0) {
                break;
            }
            if (!packet.has(at, size)) {
                first = false; // the ports are not there, as in a later fragment
                break;
            }
            first = protocol != 44 || (packet.u16(at + 2) & 0xfff8) == 0;
            protocol = packet.u8(at);
            at += size;
        }
        Octets rest = first ? packet.from(at) : NONE;
        return Optional.of(transport(packet.copy(8, 16), packet.copy(24, 16), protocol, rest));
    }

    /** Octets of an extension header (IANA "IPv6 Extension Header Types"); 0 where {@code protocol} is none. */
    private static int extensionLength(Octets packet, int protocol, int at) {
        return switch (protocol) {
            case 44 -> 8; // fragment
            case 0, 43, 60, 135, 139, 140 -> packet.has(at, 2) ? (packet.u8(at + 1) + 1) * 8 : 8;
            case 51 -> packet.has(at, 2) ? (packet.u8(at + 1) + 2) * 4 : 8; // authentication, RFC 4302
            default -> 0;
        };
    }

    private static IpPacket transport(byte[] source, byte[] destination, int number, Octets rest) {
        Protocol protocol = protocol(number);
        boolean ports = protocol.hasPorts() && rest.has(0, 4);
        return new IpPacket(
                address(source),
                ports ? rest.u16(0) : 0,
                new Endpoint(address(destination), protocol, ports ? rest.u16(2) : 0),
                content(number, rest));
    }

    private static InetAddress address(byte[] octets) {
        return Addresses.of(octets);
    }

    private static Protocol protocol(int number) {
        return switch (number) {
            case 1 -> Protocol.ICMP;
            case 6 -> Protocol.TCP;
            case 17 -> Protocol.UDP;
            case 58 -> Protocol.ICMPV6;
            default -> new Protocol(number);
        };
    }

    private static Octets content(int protocol, Octets rest) {
        int header = switch (protocol) {
            case 17 -> 8;
            case 6 -> rest.has(0, 20) ? Math.max(20, (rest.u8(12) >>> 4) * 4) : Integer.MAX_VALUE;
            default -> Integer.MAX_VALUE;
        };
        return header <= rest.length() ? rest.from(header) : NONE;
    }

    /** True where a resolver is asked, or answers. */
    boolean isDns(int port) {
        return port == DNS_PORT
                && (destination.protocol().number() == 17
                        || destination.protocol().number() == 6);
    }

    /** The DNS message that begins in this packet; over TCP a length stands in front (RFC 1035 4.2.2). */
    Octets dnsMessage() {
        if (destination.protocol().number() != 6) {
            return content;
        }
        return content.has(0, 2) ? content.from(2) : NONE;
    }
}
