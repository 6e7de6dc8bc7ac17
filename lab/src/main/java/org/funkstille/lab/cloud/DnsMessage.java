package org.funkstille.lab.cloud;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;

/**
 * A DNS message with one question (RFC 1035 4), as far as a lab needs it: address records (RFC 3596 for IPv6).
 *
 * @param id chosen by who asks
 * @param response false for a question
 * @param code 0 for no error, {@link #NO_SUCH_NAME}
 * @param name the name asked for, lower case
 * @param type the record type asked for
 * @param addresses the answer
 */
public record DnsMessage(int id, boolean response, int code, String name, int type, List<InetAddress> addresses) {

    public static final int NO_SUCH_NAME = 3;

    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int CLASS_IN = 1;
    private static final int FLAG_RESPONSE = 0x8000;
    private static final int FLAG_AUTHORITATIVE = 0x0400;
    private static final int FLAG_RECURSION_DESIRED = 0x0100;
    private static final int FLAG_RECURSION_AVAILABLE = 0x0080;
    private static final int POINTER = 0xc0;
    private static final int POINTER_TO_QUESTION = 0xc00c;

    /** So short that a router's cache hides nothing from the cloud's count. */
    private static final int SECONDS_TO_LIVE = 1;

    public static DnsMessage question(int id, String name, Family family) {
        return new DnsMessage(id, false, 0, name, family == Family.IPV4 ? TYPE_A : TYPE_AAAA, List.of());
    }

    /** The family of the records asked for, where they are addresses. */
    public Optional<Family> family() {
        return switch (type) {
            case TYPE_A -> Optional.of(Family.IPV4);
            case TYPE_AAAA -> Optional.of(Family.IPV6);
            default -> Optional.empty();
        };
    }

    DnsMessage answered(int resultCode, List<InetAddress> answer) {
        return new DnsMessage(id, true, resultCode, name, type, answer);
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(id);
            int answerFlags = FLAG_RESPONSE | FLAG_AUTHORITATIVE | FLAG_RECURSION_AVAILABLE;
            out.writeShort((response ? answerFlags : 0) | FLAG_RECURSION_DESIRED | code);
            out.writeShort(1);
            out.writeShort(addresses.size());
            out.writeInt(0); // no authority, nothing additional
            for (String label : name.split("\\.")) {
                byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
                out.writeByte(octets.length);
                out.write(octets);
            }
            out.writeByte(0);
            out.writeShort(type);
            out.writeShort(CLASS_IN);
            for (InetAddress address : addresses) {
                byte[] octets = address.getAddress();
                out.writeShort(POINTER_TO_QUESTION);
                out.writeShort(octets.length == 4 ? TYPE_A : TYPE_AAAA);
                out.writeShort(CLASS_IN);
                out.writeInt(SECONDS_TO_LIVE);
                out.writeShort(octets.length);
                out.write(octets);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The message in a datagram; nothing where it is none that this class understands. */
    public static Optional<DnsMessage> decode(ByteBuffer datagram) {
        try {
            int id = Short.toUnsignedInt(datagram.getShort());
            int flags = Short.toUnsignedInt(datagram.getShort());
            int questions = Short.toUnsignedInt(datagram.getShort());
            int answers = Short.toUnsignedInt(datagram.getShort());
            datagram.getInt();
            if (questions != 1) {
                return Optional.empty();
            }
            String name = name(datagram);
            int type = Short.toUnsignedInt(datagram.getShort());
            datagram.getShort();
            return Optional.of(new DnsMessage(
                    id, (flags & FLAG_RESPONSE) != 0, flags & 0xf, name, type, addresses(datagram, answers)));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static List<InetAddress> addresses(ByteBuffer datagram, int count) {
        List<InetAddress> found = new ArrayList<>();
        for (int answer = 0; answer < count; answer++) {
            name(datagram);
            int type = Short.toUnsignedInt(datagram.getShort());
            datagram.getShort();
            datagram.getInt();
            byte[] data = new byte[Short.toUnsignedInt(datagram.getShort())];
            datagram.get(data);
            if (type == TYPE_A || type == TYPE_AAAA) {
                found.add(Addresses.of(data));
            }
        }
        return List.copyOf(found);
    }

    /** Reads a name; one that is only pointed to (RFC 1035 4.1.4) is left empty, nobody here asks for it. */
    private static String name(ByteBuffer datagram) {
        List<String> labels = new ArrayList<>();
        while (true) {
            int length = Byte.toUnsignedInt(datagram.get());
            if (length == 0) {
                return String.join(".", labels).toLowerCase(Locale.ROOT);
            }
            if (length >= POINTER) {
                datagram.get();
                return String.join(".", labels).toLowerCase(Locale.ROOT);
            }
            byte[] label = new byte[length];
            datagram.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII));
        }
    }
}
