package org.funkstille.routers.fritzbox.probe;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Protocol;

/** Writes Ethernet frames. Formats: RFC 826, 791, 8200, 9293, 768, 792, 4443, 4861. */
final class Frames {

    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int IPV6 = 0x86dd;
    static final Mac BROADCAST = new Mac(0xffff_ffff_ffffL);
    static final InetAddress ALL_ROUTERS = Addresses.parse("ff02::2");
    static final InetAddress ALL_NODES = Addresses.parse("ff02::1");
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int ACK = 0x10;

    private static final int ETHERNET = 14;
    private static final int SHORTEST = 60;
    private static final int HOPS = 64;

    /** What neighbour discovery is sent with, and taken with only. */
    static final int ON_LINK = 255;

    private Frames() {}

    private static ByteBuffer ethernet(Mac from, Mac to, int type, int length) {
        return ByteBuffer.allocate(Math.max(SHORTEST, ETHERNET + length))
                .put(octets(to))
                .put(octets(from))
                .putShort((short) type);
    }

    static byte[] octets(Mac mac) {
        return Arrays.copyOf(ByteBuffer.allocate(8).putLong(mac.bits() << 16).array(), 6);
    }

    /**
     * @param operation 1 asks, 2 answers
     * @param target whose MAC is asked for; all zeros where it is not known
     */
    static byte[] arp(int operation, Mac from, InetAddress sender, Mac target, InetAddress asked, Mac to) {
        return ethernet(from, to, ARP, 28)
                .putShort((short) 1)
                .putShort((short) IPV4)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) operation)
                .put(octets(from))
                .put(sender.getAddress())
                .put(octets(target))
                .put(asked.getAddress())
                .array();
    }

    /** @param upper with a checksum of zero, which is computed here */
    private static byte[] ip(
            Mac from,
            Mac to,
            InetAddress source,
            InetAddress destination,
            Protocol protocol,
            int hops,
            byte[] upper,
            int checksumAt) {
        boolean four = Family.of(source) == Family.IPV4;
        boolean pseudo = !protocol.equals(Protocol.ICMP);
        int sum = Checksum.of(pseudo ? pseudoHeader(source, destination, protocol, upper.length) : new byte[0], upper);
        ByteBuffer.wrap(upper).putShort(checksumAt, (short) (sum == 0 && protocol.equals(Protocol.UDP) ? 0xffff : sum));
        if (four) {
            byte[] header = ByteBuffer.allocate(20)
                    .put((byte) 0x45)
                    .put((byte) 0)
                    .putShort((short) (20 + upper.length))
                    .putInt(0x4000)
                    .put((byte) hops)
                    .put((byte) protocol.number())
                    .putShort((short) 0)
                    .put(source.getAddress())
                    .put(destination.getAddress())
                    .array();
            ByteBuffer.wrap(header).putShort(10, (short) Checksum.of(header, new byte[0]));
            return ethernet(from, to, IPV4, 20 + upper.length)
                    .put(header)
                    .put(upper)
                    .array();
        }
        return ethernet(from, to, IPV6, 40 + upper.length)
                .putInt(0x6000_0000)
                .putShort((short) upper.length)
                .put((byte) protocol.number())
                .put((byte) hops)
                .put(source.getAddress())
                .put(destination.getAddress())
                .put(upper)
                .array();
    }

    private static byte[] pseudoHeader(InetAddress source, InetAddress destination, Protocol protocol, int length) {
        byte[] from = source.getAddress();
        return ByteBuffer.allocate(2 * from.length + 8)
                .put(from)
                .put(destination.getAddress())
                .putInt(length)
                .putInt(protocol.number())
                .array();
    }

    /** A TCP segment without data. */
    static byte[] tcp(Way way, int port, InetAddress destination, int destinationPort, int sequence, int flags) {
        byte[] upper = ByteBuffer.allocate(20)
                .putShort((short) port)
                .putShort((short) destinationPort)
                .putInt(sequence)
                .putInt(0)
                .putShort((short) (5 << 12 | flags))
                .putShort((short) 64_240)
                .putInt(0)
                .array();
        return ip(way.mac(), way.router(), way.address(), destination, Protocol.TCP, HOPS, upper, 16);
    }

    static byte[] udp(Way way, int port, InetAddress destination, int destinationPort, byte[] data) {
        byte[] upper = ByteBuffer.allocate(8 + data.length)
                .putShort((short) port)
                .putShort((short) destinationPort)
                .putShort((short) (8 + data.length))
                .putShort((short) 0)
                .put(data)
                .array();
        return ip(way.mac(), way.router(), way.address(), destination, Protocol.UDP, HOPS, upper, 6);
    }

    /** @param answer true for the answer to one, with its own number and data */
    static byte[] echo(Way way, InetAddress destination, boolean answer, ByteBuffer numberAndData) {
        boolean four = Family.of(destination) == Family.IPV4;
        int type = four ? (answer ? 0 : 8) : (answer ? 129 : 128);
        byte[] upper = ByteBuffer.allocate(4 + numberAndData.remaining())
                .putShort((short) (type << 8))
                .putShort((short) 0)
                .put(numberAndData.duplicate())
                .array();
        Protocol protocol = four ? Protocol.ICMP : Protocol.ICMPV6;
        return ip(way.mac(), way.router(), way.address(), destination, protocol, HOPS, upper, 2);
    }

    static byte[] routerSolicitation(Mac from, InetAddress linkLocal) {
        byte[] upper = ByteBuffer.allocate(16)
                .putShort((short) (133 << 8))
                .putShort((short) 0)
                .putInt(0)
                .put((byte) 1)
                .put((byte) 1)
                .put(octets(from))
                .array();
        return ip(from, new Mac(0x3333_0000_0002L), linkLocal, ALL_ROUTERS, Protocol.ICMPV6, ON_LINK, upper, 2);
    }

    /** Solicited where the asker has an address, and always overriding. */
    static byte[] neighbourAdvertisement(Mac from, InetAddress ours, Mac asker, InetAddress askerAddress) {
        boolean anonymous = askerAddress.isAnyLocalAddress();
        byte[] upper = ByteBuffer.allocate(32)
                .putShort((short) (136 << 8))
                .putShort((short) 0)
                .putInt(anonymous ? 0x2000_0000 : 0x6000_0000)
                .put(ours.getAddress())
                .put((byte) 2)
                .put((byte) 1)
                .put(octets(from))
                .array();
        return ip(from, asker, ours, anonymous ? ALL_NODES : askerAddress, Protocol.ICMPV6, ON_LINK, upper, 2);
    }
}
