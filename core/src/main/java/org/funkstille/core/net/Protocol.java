package org.funkstille.core.net;

/**
 * An IP protocol by its number (IANA "Protocol Numbers").
 *
 * @param number 0 to 255
 */
public record Protocol(int number) {

    public static final Protocol ICMP = new Protocol(1);
    public static final Protocol TCP = new Protocol(6);
    public static final Protocol UDP = new Protocol(17);
    public static final Protocol ICMPV6 = new Protocol(58);

    public Protocol {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("not an IP protocol number: " + number);
        }
    }

    /** True where packets carry a source and a destination port. */
    public boolean hasPorts() {
        return switch (number) {
            case 6, 17, 33, 132, 136 -> true; // TCP, UDP, DCCP, SCTP, UDP-Lite
            default -> false;
        };
    }

    /** The name that {@code /etc/protocols} has, else the number. */
    @Override
    public String toString() {
        return switch (number) {
            case 1 -> "icmp";
            case 2 -> "igmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            case 33 -> "dccp";
            case 41 -> "ipv6";
            case 47 -> "gre";
            case 50 -> "esp";
            case 51 -> "ah";
            case 58 -> "icmpv6";
            case 132 -> "sctp";
            case 136 -> "udplite";
            default -> Integer.toString(number);
        };
    }
}
