package org.funkstille.lab.kernelproof;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Makes octets of a draft. The last eight octets of every packet are a mark and its number. */
final class Frames {

    static final int MAGIC = 0x46535150;
    static final int TRAILER = 8;

    static final int HOP_BY_HOP = 0;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int AUTHENTICATION = 51;
    static final int DESTINATION_OPTIONS = 60;

    private static final int ETHERNET = 14;

    private Frames() {}

    static boolean isExtension(int protocol) {
        return protocol == HOP_BY_HOP
                || protocol == ROUTING
                || protocol == FRAGMENT
                || protocol == AUTHENTICATION
                || protocol == DESTINATION_OPTIONS;
    }

    static byte[] frame(Draft draft, int number) {
        byte[] transport = transport(draft, number);
        byte[] packet = draft.six() ? six(draft, transport, number) : four(draft, transport, number);
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + packet.length);
        address(frame, draft.etherDestination);
        address(frame, draft.etherSource);
        return frame.putShort((short) (draft.six() ? 0x86dd : 0x0800))
                .put(packet)
                .array();
    }

    private static void address(ByteBuffer frame, long mac) {
        frame.putShort((short) (mac >>> 32)).putInt((int) mac);
    }

    private static byte[] four(Draft draft, byte[] transport, int number) {
        ByteBuffer packet = ByteBuffer.allocate(20 + transport.length);
        int fragment = switch (draft.part) {
            case WHOLE -> 0x4000;
            case FIRST -> 0x2000;
            case LATER -> 64;
        };
        packet.put((byte) 0x45).put((byte) (draft.dscp << 2)).putShort((short) packet.capacity());
        packet.putShort((short) number).putShort((short) fragment);
        packet.put((byte) draft.hopLimit).put((byte) draft.protocol).putShort((short) 0);
        packet.put(draft.source.getAddress()).put(draft.destination.getAddress());
        packet.putShort(10, (short) ~sum(packet.array(), 20, 0));
        return packet.put(transport).array();
    }

    private static byte[] six(Draft draft, byte[] transport, int number) {
        List<byte[]> headers = new ArrayList<>();
        List<Integer> types = new ArrayList<>(draft.extensions);
        for (int i = 0; i < types.size(); i++) {
            int next = i + 1 < types.size() ? types.get(i + 1) : draft.protocol;
            headers.add(extension(types.get(i), next, draft, number));
        }
        int length = transport.length
                + headers.stream().mapToInt(header -> header.length).sum();
        ByteBuffer packet = ByteBuffer.allocate(40 + length);
        packet.putInt(6 << 28 | draft.dscp << 22).putShort((short) length);
        packet.put((byte) (types.isEmpty() ? draft.protocol : types.getFirst()));
        packet.put((byte) draft.hopLimit);
        packet.put(draft.source.getAddress()).put(draft.destination.getAddress());
        headers.forEach(packet::put);
        return packet.put(transport).array();
    }

    private static byte[] extension(int type, int next, Draft draft, int number) {
        byte n = (byte) next;
        return switch (type) {
            case FRAGMENT -> {
                int field = draft.part == Draft.Part.FIRST ? 1 : draft.part == Draft.Part.LATER ? 64 << 3 : 0;
                yield ByteBuffer.allocate(8)
                        .put(n)
                        .putShort(2, (short) field)
                        .putInt(4, number)
                        .array();
            }
            case AUTHENTICATION -> new byte[] {n, 2, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0};
            case ROUTING -> new byte[] {n, 0, 2, 0, 0, 0, 0, 0};
            default -> new byte[] {n, 0, 1, 4, 0, 0, 0, 0}; // PadN
        };
    }

    private static byte[] transport(Draft draft, int number) {
        int header = draft.part == Draft.Part.LATER
                ? 0
                : switch (draft.protocol) {
                    case Draft.TCP -> 20;
                    case Draft.SCTP -> 12 + 20;
                    default -> 8;
                };
        int length = header + draft.padding + TRAILER;
        if (draft.part != Draft.Part.WHOLE) {
            length = (length + 7) & ~7; // all but the last fragment are whole units
        }
        ByteBuffer octets = ByteBuffer.allocate(length);
        octets.putInt(length - TRAILER, MAGIC).putInt(length - 4, number);
        if (draft.part != Draft.Part.LATER) {
            header(draft, octets, length);
        }
        return octets.array();
    }

    private static void header(Draft draft, ByteBuffer octets, int length) {
        int flaw = draft.checksumBroken ? 0x5a5a : 0;
        switch (draft.protocol) {
            case Draft.TCP -> {
                ports(draft, octets);
                octets.putInt(4, 0x1000).putInt(8, 0).put(12, (byte) 0x50).put(13, (byte) draft.tcpFlags);
                octets.putShort(14, (short) 4096).putShort(16, (short) (checksum(draft, octets) ^ flaw));
            }
            case Draft.UDP, Draft.UDPLITE -> {
                ports(draft, octets);
                octets.putShort(4, (short) length).putShort(6, (short) (checksum(draft, octets) ^ flaw));
            }
            case Draft.ICMP -> {
                icmp(draft, octets);
                octets.putShort(2, (short) (~sum(octetsOf(octets), length, 0) ^ flaw));
            }
            case Draft.ICMP6 -> {
                icmp(draft, octets);
                octets.putShort(2, (short) (checksum(draft, octets) ^ flaw));
            }
            case Draft.SCTP -> sctp(draft, octets, length, flaw);
            case Draft.GRE -> octets.putInt(0, 0x0800);
            default -> octets.putInt(0, 0x01020304).putInt(4, 1);
        }
    }

    private static void ports(Draft draft, ByteBuffer octets) {
        octets.putShort(0, (short) draft.sourcePort).putShort(2, (short) draft.destinationPort);
    }

    private static void icmp(Draft draft, ByteBuffer octets) {
        octets.put(0, (byte) draft.icmpType).put(1, (byte) draft.icmpCode).putShort(4, (short) draft.icmpIdentity);
    }

    private static void sctp(Draft draft, ByteBuffer octets, int length, int flaw) {
        ports(draft, octets);
        // One chunk that takes all the rest. The verification tag of an INIT is zero.
        octets.putInt(4, draft.icmpType == Conntrack.SCTP_INIT ? 0 : 7);
        octets.put(12, (byte) draft.icmpType)
                .putShort(14, (short) (length - 12))
                .putInt(16, 0x1234);
        octets.putInt(20, 65536).putInt(24, 0x00010001).putInt(28, 1);
        CRC32C sum = new CRC32C();
        sum.update(octetsOf(octets));
        octets.putInt(8, Integer.reverseBytes((int) sum.getValue()) ^ flaw);
    }

    /** Of the transport part with its pseudo header (RFC 768, RFC 8200 8.1); the checksum field is still zero. */
    private static int checksum(Draft draft, ByteBuffer octets) {
        ByteBuffer pseudo = ByteBuffer.allocate(40);
        pseudo.put(draft.source.getAddress()).put(draft.destination.getAddress());
        pseudo.putInt(octets.capacity()).putInt(draft.protocol);
        int sum = ~sum(octetsOf(octets), octets.capacity(), sum(pseudo.array(), 40, 0)) & 0xffff;
        return sum == 0 ? 0xffff : sum;
    }

    private static byte[] octetsOf(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.capacity()];
        buffer.get(0, octets);
        return octets;
    }

    /** The ones' complement sum of 16 bit words (RFC 1071). */
    private static int sum(byte[] octets, int length, int before) {
        long sum = before;
        for (int i = 0; i < length; i += 2) {
            sum += (octets[i] & 0xff) << 8 | (i + 1 < length ? octets[i + 1] & 0xff : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }
}
