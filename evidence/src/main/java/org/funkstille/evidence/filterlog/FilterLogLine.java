package org.funkstille.evidence.filterlog;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/**
 * One line of the filter log, after its syslog head: comma-separated fields, of which empty ones count. It is read in
 * place and the reader is used again for the next line, so that a flood of lines makes no garbage.
 *
 * <p>The fields are those of Netgate's "Raw Filter Log Format" and of what both programs print: print-ip.c and
 * print-ip6.c of sysutils/filterlog (pfsense/FreeBSD-ports) and of opnsense/filterlog (opnsense/ports). From 0: rule
 * number, subrule, anchor, {@link #RULE}, interface, reason, action, direction, IP version. Then IPv4: TOS, ECN, TTL,
 * id, offset, flags, protocol number and name, length, source, destination. IPv6: class, flow label, hop limit, protocol
 * name and number (in this order), length, source, destination. Then for TCP and UDP source port, destination port,
 * length of data, and more; nothing in a later fragment. Where the packet is shorter than it says, one field about that
 * stands after the IP version.
 *
 * <p>A line may be cut anywhere on its way, and a cut number or address looks like a whole one. So whatever is believed
 * must have a comma after it.
 */
public final class FilterLogLine {

    /** The field with pfSense's tracker or OPNsense's rule id. */
    public static final int RULE = 3;

    public static final int INTERFACE = 4;
    public static final int REASON = 5;
    public static final int ACTION = 6;
    public static final int DIRECTION = 7;
    public static final int VERSION = 8;

    /** After the version, for IPv4; a field about a short packet may shift these. */
    private static final int OFFSET4 = 5;

    private static final int PROTOCOL4 = 7;
    private static final int SOURCE4 = 10;
    private static final int PROTOCOL6 = 5;
    private static final int SOURCE6 = 7;

    private static final byte[] PASS = word("pass");
    private static final byte[] BLOCK = word("block");
    private static final byte[] IN = word("in");
    private static final byte[] OUT = word("out");
    private static final byte[] BOTH = word("in/out");

    private static final int MOST_FIELDS = 64;
    private static final int MOST_DIGITS = 5;

    private byte[] octets = new byte[0];
    private int from;
    private int to;

    /** Where fields begin; one more than there are, as if a comma stood after the line; then room. */
    private final int[] begins = new int[MOST_FIELDS + Long.BYTES];

    private int fields;
    private int destinationField;
    private Action action = Action.OTHER;
    private int protocol;
    private int sourcePort;
    private int destinationPort;
    private final AddressText source = new AddressText();
    private final AddressText destination = new AddressText();

    /** What pf did. A rule that rejects (answers) is logged as one that blocks. */
    public enum Action {
        PASS,
        BLOCK,
        /** Translations, and what is neither. */
        OTHER
    }

    /**
     * Reads a line; all else of this object speaks of it until the next is read. The octets must not change meanwhile.
     *
     * @param begin where the line begins, after its syslog head
     * @param end after its last octet, without an end of line
     * @return false where it is no such line, is cut, or its destination cannot be read; then only {@link #fields} and
     *     {@link #text} may be asked
     */
    public boolean read(byte[] line, int begin, int end) {
        octets = line;
        from = begin;
        to = end;
        divide();
        if (fields <= VERSION || length(RULE) == 0 || length(VERSION) != 1 || !isDirection()) {
            return false;
        }
        action = action();
        return switch (octets[begins[VERSION]]) {
            case '4' -> packet(false, PROTOCOL4, SOURCE4);
            case '6' -> packet(true, PROTOCOL6, SOURCE6);
            default -> false;
        };
    }

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean packet(boolean ipv6, int protocolPlace, int sourcePlace) {
        int base = VERSION + (saysShort(VERSION + 1) ? 1 : 0);
        int sourceField = base + sourcePlace;
        destinationField = sourceField + 1;
        if (fields <= destinationField + 1) {
            return false;
        }
        protocol = number(base + protocolPlace, 255);
        return protocol >= 0
                && source.read(ipv6, octets, begins[sourceField], end(sourceField))
                && destination.read(ipv6, octets, begins[destinationField], end(destinationField))
                && ports(!ipv6 && isLaterFragment(base + OFFSET4));
    }

    /** TCP and UDP of a whole packet have ports; pfSense prints SCTP's as well, OPNsense does not. */
    private boolean ports(boolean laterFragment) {
        sourcePort = 0;
        destinationPort = 0;
        boolean always = protocol == 6 || protocol == 17;
        if (laterFragment || !(always || (protocol == 132 && isDigit(destinationField + 1)))) {
            return true;
        }
        if (fields <= destinationField + 3) {
            return false;
        }
        sourcePort = number(destinationField + 1, 65535);
        destinationPort = number(destinationField + 2, 65535);
        return sourcePort >= 0 && destinationPort >= 0;
    }

    private boolean isLaterFragment(int offsetField) {
        return !(length(offsetField) == 1 && octets[begins[offsetField]] == '0');
    }

    /** Without a branch for each comma, which the processor could not foresee: takes too many places, counts the right. */
    private void divide() {
        begins[0] = from;
        int count = 1;
        int at = from;
        for (; at <= to - Long.BYTES && count < MOST_FIELDS; at += Long.BYTES) {
            long commas = OctetSearch.matches(OctetSearch.word(octets, at), (byte) ',');
            int found = Long.bitCount(commas);
            int base = at + 1;
            begins[count] = base + OctetSearch.first(commas);
            commas &= commas - 1;
            begins[count + 1] = base + OctetSearch.first(commas);
            commas &= commas - 1;
            begins[count + 2] = base + OctetSearch.first(commas);
            commas &= commas - 1;
            for (int place = count + 3; commas != 0; place++) {
                begins[place] = base + OctetSearch.first(commas);
                commas &= commas - 1;
            }
            count += found;
        }
        for (; at < to && count < MOST_FIELDS; at++) {
            if (octets[at] == ',') {
                begins[count] = at + 1;
                count++;
            }
        }
        fields = Math.min(count, MOST_FIELDS);
        begins[fields] = to + 1;
    }

    private Action action() {
        if (is(ACTION, BLOCK)) {
            return Action.BLOCK;
        }
        return is(ACTION, PASS) ? Action.PASS : Action.OTHER;
    }

    private boolean isDirection() {
        return is(DIRECTION, IN) || is(DIRECTION, OUT) || is(DIRECTION, BOTH);
    }

    /** {@code truncated-ip=…} (OPNsense) or {@code error='truncated-ip …'} (pfSense). */
    private boolean saysShort(int field) {
        return fields > field && length(field) >= 12 && (octets[begins[field]] == 't' || octets[begins[field]] == 'e');
    }

    private boolean is(int field, byte[] word) {
        return Arrays.equals(octets, begins[field], end(field), word, 0, word.length);
    }

    private boolean isDigit(int field) {
        return length(field) > 0 && octets[begins[field]] >= '0' && octets[begins[field]] <= '9';
    }

    private int length(int field) {
        return end(field) - begins[field];
    }

    private int end(int field) {
        return begins[field + 1] - 1;
    }

    /** @return -1 where the field is no decimal number up to {@code most}, written as C prints it */
    private int number(int field, int most) {
        int length = length(field);
        int begin = begins[field];
        if (length == 0 || length > MOST_DIGITS || (length > 1 && octets[begin] == '0')) {
            return -1;
        }
        int number = 0;
        for (int at = begin; at < begin + length; at++) {
            int digit = octets[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number <= most ? number : -1;
    }

    /** How many fields the line has; further ones than 64 count as part of the last. */
    public int fields() {
        return fields;
    }

    /** A field as it stands, perhaps empty. */
    public String text(int field) {
        if (field < 0 || field >= fields) {
            throw new IndexOutOfBoundsException("field " + field + " of " + fields);
        }
        return new String(octets, begins[field], length(field), StandardCharsets.ISO_8859_1);
    }

    public Action pfAction() {
        return action;
    }

    /** pfSense's tracker or OPNsense's rule id; {@code 0} where no rule is meant. */
    public String rule() {
        return text(RULE);
    }

    int ruleBegin() {
        return begins[RULE];
    }

    int ruleEnd() {
        return end(RULE);
    }

    AddressText sourceText() {
        return source;
    }

    AddressText destinationText() {
        return destination;
    }

    /** The protocol's number. pfSense names for IPv6 the first header after the fixed one, though it be an extension. */
    public int protocol() {
        return protocol;
    }

    public InetAddress source() {
        return source.address();
    }

    /** 0 where the protocol has none, and in later fragments. */
    public int sourcePort() {
        return sourcePort;
    }

    /** 0 where the protocol has none, and in later fragments. */
    public int destinationPort() {
        return destinationPort;
    }

    public Endpoint destination() {
        return new Endpoint(destination.address(), new Protocol(protocol), destinationPort);
    }

    /** The first field of what the transport protocol says, after the destination. */
    public int transportField() {
        return destinationField + 1;
    }
}
