package org.funkstille.routers.fritzbox.probe;

/** The internet checksum (RFC 1071). */
final class Checksum {

    private Checksum() {}

    /** @param head of even length */
    static int of(byte[] head, byte[] body) {
        long sum = sum(head) + sum(body);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) (~sum & 0xffff);
    }

    private static long sum(byte[] octets) {
        long sum = 0;
        for (int index = 0; index < octets.length; index++) {
            int octet = octets[index] & 0xff;
            sum += index % 2 == 0 ? octet << 8 : octet;
        }
        return sum;
    }
}
