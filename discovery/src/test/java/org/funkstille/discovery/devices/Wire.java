package org.funkstille.discovery.devices;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes DNS messages as devices send them, and as no device should. */
final class Wire {

    static final int PTR = 12;
    static final int TXT = 16;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The head of an answer with that many records. */
    static Wire answer(int records) {
        return new Wire().u16(0).u16(0x8400).u16(0).u16(records).u16(0).u16(0);
    }

    Wire u16(int value) {
        out.write(value >>> 8);
        out.write(value);
        return this;
    }

    Wire raw(int... octets) {
        for (int octet : octets) {
            out.write(octet);
        }
        return this;
    }

    Wire name(List<String> labels) {
        for (String label : labels) {
            byte[] octets = label.getBytes(StandardCharsets.UTF_8);
            out.write(octets.length);
            out.writeBytes(octets);
        }
        return raw(0);
    }

    Wire record(List<String> owner, int type, byte[] data) {
        name(owner).u16(type).u16(0x8001).u16(0).u16(120).u16(data.length);
        out.writeBytes(data);
        return this;
    }

    static byte[] nameOf(List<String> labels) {
        return new Wire().name(labels).octets();
    }

    static byte[] strings(String... strings) {
        Wire wire = new Wire();
        for (String text : strings) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            wire.out.write(octets.length);
            wire.out.writeBytes(octets);
        }
        return wire.octets();
    }

    byte[] octets() {
        return out.toByteArray();
    }
}
