package org.funkstille.lab.facade.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** The distinguished encoding of ASN.1 (ITU-T X.690), as far as a certificate needs it. */
final class Der {

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(0x30, parts);
    }

    static byte[] integer(byte... twosComplement) {
        return value(0x02, twosComplement);
    }

    /** @param hex of its octets, for example {@code 551d11} for 2.5.29.17 */
    static byte[] identifier(String hex) {
        return value(0x06, HexFormat.of().parseHex(hex));
    }

    static byte[] octetString(byte[] content) {
        return value(0x04, content);
    }

    /** @param content a whole number of octets */
    static byte[] bitString(byte[] content) {
        return value(0x03, new byte[] {0}, content);
    }

    /** A time before 2050. */
    static byte[] time(Instant instant) {
        return value(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length > 0xff) {
            whole.write(0x82);
            whole.write(length >> 8);
        } else if (length > 0x7f) {
            whole.write(0x81);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
