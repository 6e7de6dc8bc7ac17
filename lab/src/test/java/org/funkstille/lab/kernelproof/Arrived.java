package org.funkstille.lab.kernelproof;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A packet somewhere behind the device, told by the number at its end. What the router sends of itself in answer
 * (echo replies, errors) repeats that end but is of another protocol or ICMP type.
 *
 * @param icmpType -1 where it has none
 */
record Arrived(int number, int protocol, int icmpType) {

    private static final int SMALLEST = 20 + Frames.TRAILER;

    /** @param packet from its IP header on */
    static Optional<Arrived> read(ByteBuffer packet) {
        if (packet.remaining() < SMALLEST) {
            return Optional.empty();
        }
        boolean four = packet.get(0) >>> 4 == 4;
        int length = four ? packet.getShort(2) & 0xffff : 40 + (packet.getShort(4) & 0xffff);
        if (length > packet.remaining() || packet.getInt(length - Frames.TRAILER) != Frames.MAGIC) {
            return Optional.empty();
        }
        int number = packet.getInt(length - 4);
        return Optional.of(four ? four(packet, number) : six(packet, number));
    }

    private static Arrived four(ByteBuffer packet, int number) {
        int protocol = packet.get(9) & 0xff;
        boolean later = (packet.getShort(6) & 0x1fff) != 0;
        int header = (packet.get(0) & 0xf) * 4;
        return new Arrived(number, protocol, protocol == 1 && !later ? packet.get(header) & 0xff : -1);
    }

    private static Arrived six(ByteBuffer packet, int number) {
        int protocol = packet.get(6) & 0xff;
        int at = 40;
        boolean later = false;
        while (Frames.isExtension(protocol)) {
            later |= protocol == Frames.FRAGMENT && (packet.getShort(at + 2) & 0xfff8) != 0;
            int units = packet.get(at + 1) & 0xff;
            int length = protocol == Frames.FRAGMENT
                    ? 8
                    : protocol == Frames.AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8;
            protocol = packet.get(at) & 0xff;
            at += length;
        }
        return new Arrived(number, protocol, protocol == 58 && !later ? packet.get(at) & 0xff : -1);
    }

    boolean isOf(Sample sample) {
        int sentType = sample.draft().isIcmp() ? sample.draft().icmpType : -1;
        return protocol == sample.draft().protocol && icmpType == sentType;
    }
}
