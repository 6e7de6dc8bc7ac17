package org.funkstille.evidence;

import java.util.Locale;
import java.util.Optional;

/**
 * A domain name in a message (RFC 1035 3.1 and 4.1.4), as text that may stand anywhere: lower case, letters, digits,
 * hyphen and underscore as they are, every other octet as backslash and three decimal digits. No dot at the end; the
 * root is a single dot.
 *
 * @param end the offset behind the name, where it stands in the message
 */
record DnsName(String text, int end) {

    private static final int MOST_OCTETS = 255;
    private static final int POINTER = 0xc0;

    /** Nothing where the name is cut off, too long, of an unknown form, or points anywhere but backwards. */
    static Optional<DnsName> decode(Octets message, int offset) {
        StringBuilder text = new StringBuilder(64);
        int at = offset;
        int lowest = offset;
        int end = -1;
        int octets = 1;
        while (message.has(at, 1)) {
            int length = message.u8(at);
            if (length == 0) {
                return Optional.of(new DnsName(text.isEmpty() ? "." : text.toString(), end < 0 ? at + 1 : end));
            }
            if ((length & POINTER) == POINTER) {
                int target = message.has(at, 2) ? message.u16(at) & 0x3fff : lowest;
                if (target >= lowest) {
                    return Optional.empty(); // strictly backwards, so there are no loops
                }
                end = end < 0 ? at + 2 : end;
                lowest = target;
                at = target;
                continue;
            }
            octets += 1 + length;
            if ((length & POINTER) != 0 || octets > MOST_OCTETS || !message.has(at + 1, length)) {
                return Optional.empty();
            }
            label(message, at + 1, length, text);
            at += 1 + length;
        }
        return Optional.empty();
    }

    private static void label(Octets message, int offset, int length, StringBuilder text) {
        if (!text.isEmpty()) {
            text.append('.');
        }
        for (int index = 0; index < length; index++) {
            int octet = message.u8(offset + index);
            if (octet >= 'A' && octet <= 'Z') {
                text.append((char) (octet + 'a' - 'A'));
            } else if ((octet >= 'a' && octet <= 'z')
                    || (octet >= '0' && octet <= '9')
                    || octet == '-'
                    || octet == '_') {
                text.append((char) octet);
            } else {
                text.append(String.format(Locale.ROOT, "\\%03d", octet));
            }
        }
    }
}
