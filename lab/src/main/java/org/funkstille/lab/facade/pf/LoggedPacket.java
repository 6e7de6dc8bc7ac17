package org.funkstille.lab.facade.pf;

import java.net.InetAddress;
import java.util.HexFormat;
import org.funkstille.core.net.Addresses;

/**
 * The headers of a logged packet in the form of pfSense's and OPNsense's filterlog: Netgate documentation, "Raw Filter
 * Log Format"; for IPv6 the name of the protocol stands before its number.
 */
final class LoggedPacket {

    private final byte[] octets;

    /** @param octets from the IP header on, perhaps cut off */
    LoggedPacket(byte[] octets) {
        this.octets = octets.clone();
    }

    /** All fields behind the direction. */
    String text() {
        if (octets.length >= 20 && u8(0) >>> 4 == 4) {
            return four();
        }
        return octets.length >= 40 ? six() : "";
    }

    private String four() {
        int protocol = u8(9);
        int offset = u16(6) & 0x1fff;
        String flags = (u16(6) & 0x4000) != 0 ? "DF" : (u16(6) & 0x2000) != 0 ? "+" : "none";
        int header = (u8(0) & 0xf) * 4;
        return "4,0x%x,,%d,%d,%d,%s,%d,%s,%d,%s,%s,"
                        .formatted(
                                u8(1),
                                u8(8),
                                u16(4),
                                offset,
                                flags,
                                protocol,
                                name(protocol, false),
                                u16(2),
                                address(12, 4),
                                address(16, 4))
                + transport(protocol, header, u16(2) - header);
    }

    private String six() {
        int protocol = u8(6);
        int traffic = u16(0) >> 4 & 0xff;
        int label = (u8(1) & 0xf) << 16 | u16(2);
        return "6,0x%02x,0x%05x,%d,%s,%d,%d,%s,%s,"
                        .formatted(
                                traffic,
                                label,
                                u8(7),
                                name(protocol, true),
                                protocol,
                                u16(4),
                                address(8, 16),
                                address(24, 16))
                + transport(protocol, 40, u16(4));
    }

    private static String name(int protocol, boolean six) {
        return switch (protocol) {
            case 0 -> six ? "Options" : "ip";
            case 1 -> "icmp";
            case 2 -> "igmp";
            case 6 -> six ? "TCP" : "tcp";
            case 17 -> six ? "UDP" : "udp";
            case 58 -> "ICMPv6";
            default -> "unknown";
        };
    }

    private String transport(int protocol, int at, int length) {
        return switch (protocol) {
            case 6 -> tcp(at, length);
            case 17 -> "%d,%d,%d".formatted(u16(at), u16(at + 2), Math.max(0, u16(at + 4) - 8));
            case 1 -> icmp(at, length);
            default -> "datalength=" + length;
        };
    }

    private String tcp(int at, int length) {
        int header = (u8(at + 12) >>> 4) * 4;
        StringBuilder flags = new StringBuilder();
        String letters = "FSRPAUEC";
        for (int bit = 0; bit < letters.length(); bit++) {
            if ((u8(at + 13) >> bit & 1) != 0) {
                flags.append(letters.charAt(bit));
            }
        }
        boolean answers = (u8(at + 13) & 0x10) != 0;
        return "%d,%d,%d,%s,%d,%s,%d,,%s"
                .formatted(
                        u16(at),
                        u16(at + 2),
                        Math.max(0, length - header),
                        flags,
                        u32(at + 4),
                        answers ? Long.toString(u32(at + 8)) : "",
                        u16(at + 14),
                        options(at + 20, at + header));
    }

    private String options(int from, int to) {
        StringBuilder names = new StringBuilder();
        for (int at = from; at < to; ) {
            int kind = u8(at);
            names.append(names.isEmpty() ? "" : ";")
                    .append(
                            switch (kind) {
                                case 0 -> "eol";
                                case 1 -> "nop";
                                case 2 -> "mss";
                                case 3 -> "wscale";
                                case 4 -> "sackOK";
                                case 5 -> "sack";
                                case 8 -> "TS";
                                default -> Integer.toString(kind);
                            });
            at += kind < 2 ? 1 : Math.max(2, u8(at + 1));
        }
        return names.toString();
    }

    private String icmp(int at, int length) {
        return switch (u8(at)) {
            case 8 -> "request,%d,%d".formatted(u16(at + 4), u16(at + 6));
            case 0 -> "reply,%d,%d".formatted(u16(at + 4), u16(at + 6));
            default -> "datalength=" + length;
        };
    }

    private String address(int at, int length) {
        byte[] bytes = new byte[length];
        System.arraycopy(octets, at, bytes, 0, length);
        InetAddress address = Addresses.of(bytes);
        return Addresses.text(address);
    }

    private int u8(int at) {
        return at < octets.length ? octets[at] & 0xff : 0;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    private long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
