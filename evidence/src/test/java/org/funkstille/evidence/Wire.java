package org.funkstille.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Builds messages as the kernel and the network make them, little-endian where the host's order counts. */
final class Wire {

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private Wire() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    static byte[] attribute(int type, byte[]... value) {
        byte[] whole = join(value);
        return ByteBuffer.allocate((whole.length + 7) & ~3)
                .order(ORDER)
                .putShort((short) (whole.length + 4))
                .putShort((short) type)
                .put(whole)
                .array();
    }

    static byte[] logged(byte[] packet, byte[]... more) {
        return join(
                hex("02000005"),
                attribute(1, hex("08000100")),
                attribute(8, hex("00060000 7811dc123456 0000")),
                attribute(9, packet),
                join(more));
    }

    static byte[] udp4(int sourcePort, int port, byte[] content) {
        return ByteBuffer.allocate(28 + content.length)
                .putShort((short) 0x4500)
                .putShort((short) (28 + content.length))
                .putInt(0)
                .put(hex("40110000 c0a81432 c0000201"))
                .putShort((short) sourcePort)
                .putShort((short) port)
                .putShort((short) (8 + content.length))
                .putShort((short) 0)
                .put(content)
                .array();
    }

    /** An IPv6 packet with extension headers already in {@code rest}. */
    static byte[] ipv6(int nextHeader, byte[] rest) {
        return ByteBuffer.allocate(40 + rest.length)
                .putInt(0x60000000)
                .putShort((short) rest.length)
                .put((byte) nextHeader)
                .put((byte) 64)
                .put(hex("fd000020000000000000000000000050"))
                .put(hex("20010db8000000000000000000000001"))
                .put(rest)
                .array();
    }

    static byte[] name(String name) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            octets.write(label.length());
            octets.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        octets.write(0);
        return octets.toByteArray();
    }

    static byte[] dns(int flags, int answers, byte[]... rest) {
        return join(
                ByteBuffer.allocate(12)
                        .putShort((short) 0x1234)
                        .putShort((short) flags)
                        .putShort((short) 1)
                        .putShort((short) answers)
                        .putInt(0)
                        .array(),
                join(rest));
    }

    static byte[] query(String name) {
        return dns(0x0100, 0, name(name), hex("00010001"));
    }

    static byte[] resource(byte[] owner, int type, byte[] data) {
        return join(
                owner,
                ByteBuffer.allocate(10)
                        .putShort((short) type)
                        .putShort((short) 1)
                        .putInt(60)
                        .putShort((short) data.length)
                        .array(),
                data);
    }

    /** de.ot.io.mi.com is an alias of edge.example, which has one address of each family. */
    static byte[] answer() {
        return dns(
                0x8180,
                3,
                name("DE.ot.io.mi.com"),
                hex("00010001"),
                resource(hex("c00c"), 5, name("edge.example")),
                resource(name("edge.example"), 1, hex("c0000207")),
                resource(name("edge.example"), 28, hex("20010db8000000000000000000000007")));
    }

    /** A flow from 192.168.20.50 port 40000 to 192.0.2.1 port 8053 over UDP. */
    static byte[] conntrack() {
        byte[] tuple = join(
                attribute(0x8001, attribute(1, hex("c0a81432")), attribute(2, hex("c0000201"))),
                attribute(0x8002, attribute(1, hex("11")), attribute(2, hex("9c40")), attribute(3, hex("1f75"))));
        return join(
                hex("02000000"),
                attribute(0x8001, tuple),
                attribute(0x8002, tuple),
                attribute(12, hex("80000001")),
                attribute(0x8009, attribute(1, hex("0000000000000003")), attribute(2, hex("000000000000012c"))),
                attribute(0x800a, attribute(1, hex("0000000000000002")), attribute(2, hex("00000000000000c8"))));
    }

    /** 192.168.20.50 at 78:11:dc:12:34:56, STALE. */
    static byte[] neighbour(String state) {
        return join(
                hex("02000000 02000000 " + state + "0001"),
                attribute(1, hex("c0a81432")),
                attribute(2, hex("7811dc123456")));
    }
}
