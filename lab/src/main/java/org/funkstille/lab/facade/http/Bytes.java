package org.funkstille.lab.facade.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The body of a request or an answer. Immutable. */
public final class Bytes {

    public static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    public static Bytes of(byte[] octets) {
        return new Bytes(octets.clone());
    }

    /** In UTF-8. */
    public static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] octets() {
        return octets.clone();
    }

    public int length() {
        return octets.length;
    }

    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** Read as UTF-8. */
    public String text() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(octets, bytes.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return octets.length + " bytes";
    }
}
