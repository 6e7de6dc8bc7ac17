package org.funkstille.discovery.devices;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.funkstille.discovery.network.PlainText;

/**
 * A multicast DNS message (RFC 1035 4.1, RFC 6762), as far as finding services needs it. Names are lists of labels, for
 * in DNS-SD a label may hold dots.
 *
 * @param pointers owner and target of each PTR record
 * @param texts owner and strings of each TXT record
 */
record MdnsMessage(List<Pointer> pointers, List<Text> texts) {

    private static final int PTR = 12;
    private static final int TXT = 16;
    private static final int CLASS_IN = 1;

    /** "Answer me alone"; RFC 6762 5.4. */
    private static final int UNICAST_WANTED = 0x8000;

    private static final int RESPONSE = 0x8000;
    private static final int HEADER = 12;
    private static final int MOST_RECORDS = 256;
    private static final int MOST_LABELS = 32;
    private static final int LONGEST_LABEL = 63;

    record Pointer(List<String> owner, List<String> target) {}

    record Text(List<String> owner, List<String> strings) {}

    /** A question for the PTR records of some names, like {@code _miio._udp.local}. */
    static byte[] question(List<String> names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        u16(out, 0);
        u16(out, 0);
        u16(out, names.size());
        u16(out, 0);
        u16(out, 0);
        u16(out, 0);
        for (String name : names) {
            for (String label : name.split("\\.")) {
                byte[] octets = label.getBytes(StandardCharsets.UTF_8);
                out.write(octets.length);
                out.writeBytes(octets);
            }
            out.write(0);
            u16(out, PTR);
            u16(out, CLASS_IN | UNICAST_WANTED);
        }
        return out.toByteArray();
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    /** Nothing where it is no answer; of one that is broken further on, what stands before that. */
    static Optional<MdnsMessage> decode(byte[] octets) {
        return new Reader(octets).message();
    }

    private static final class Reader {

        private final byte[] octets;
        private int at;

        Reader(byte[] octets) {
            this.octets = octets;
        }

        Optional<MdnsMessage> message() {
            if (octets.length < HEADER || (u16(2) & RESPONSE) == 0) {
                return Optional.empty();
            }
            List<Pointer> pointers = new ArrayList<>();
            List<Text> texts = new ArrayList<>();
            int questions = u16(4);
            int records = Math.min(MOST_RECORDS, u16(6) + u16(8) + u16(10));
            at = HEADER;
            for (int index = 0; index < questions; index++) {
                if (index == MOST_RECORDS || name().isEmpty()) {
                    return Optional.empty();
                }
                at += 4;
            }
            for (int index = 0; index < records && record(pointers, texts); index++) {
                // each call reads one record
            }
            return Optional.of(new MdnsMessage(List.copyOf(pointers), List.copyOf(texts)));
        }

        /** @return false where nothing more can be read */
        private boolean record(List<Pointer> pointers, List<Text> texts) {
            Optional<List<String>> owner = name();
            if (owner.isEmpty() || at + 10 > octets.length) {
                return false;
            }
            int type = u16(at);
            int length = u16(at + 8);
            int data = at + 10;
            int end = data + length;
            if (end > octets.length) {
                return false;
            }
            at = data;
            if (type == PTR) {
                name().ifPresent(target -> pointers.add(new Pointer(owner.get(), target)));
            } else if (type == TXT) {
                texts.add(new Text(owner.get(), strings(end)));
            }
            at = end;
            return true;
        }

        private List<String> strings(int end) {
            List<String> strings = new ArrayList<>();
            while (at < end) {
                int length = Math.min(octets[at] & 0xff, end - at - 1);
                strings.add(label(at + 1, length));
                at += 1 + length;
            }
            return List.copyOf(strings);
        }

        /** Reads a name and stands behind it; nothing where it is cut off, or points anywhere but backwards. */
        private Optional<List<String>> name() {
            List<String> labels = new ArrayList<>();
            int position = at;
            int lowest = at;
            int end = -1;
            while (position < octets.length && labels.size() <= MOST_LABELS) {
                int length = octets[position] & 0xff;
                if (length == 0) {
                    at = end < 0 ? position + 1 : end;
                    return Optional.of(List.copyOf(labels));
                }
                if (length >= 0xc0) {
                    int target = position + 2 <= octets.length ? u16(position) & 0x3fff : lowest;
                    if (target >= lowest) {
                        return Optional.empty(); // strictly backwards, so there are no loops
                    }
                    end = end < 0 ? position + 2 : end;
                    lowest = target;
                    position = target;
                    continue;
                }
                if (length > LONGEST_LABEL || position + 1 + length > octets.length) {
                    return Optional.empty();
                }
                labels.add(label(position + 1, length));
                position += 1 + length;
            }
            return Optional.empty();
        }

        private String label(int offset, int length) {
            return PlainText.of(new String(octets, offset, length, StandardCharsets.UTF_8), 255);
        }

        private int u16(int offset) {
            return (octets[offset] & 0xff) << 8 | (octets[offset + 1] & 0xff);
        }
    }

    /** {@code _miio._udp.local} of the labels of that name. */
    static String joined(List<String> labels) {
        return String.join(".", labels).toLowerCase(Locale.ROOT);
    }
}
