package org.funkstille.proof.filter;

import java.util.Locale;
import org.funkstille.proof.sets.ValueSet;

/**
 * What a rule can ask of a packet and its flow. Each field is a number; numbers of one meaning in both families share a
 * field, and {@link #FAMILY} says which family it is.
 */
public enum Field {
    /** {@link #IPV4} or {@link #IPV6}. */
    FAMILY(1),
    /** Index of the interface that the packet came in by, see {@link Interfaces}. */
    IN_INTERFACE(16),
    /** Index of the interface that it leaves by; {@link Interfaces#NONE} before routing and for the router itself. */
    OUT_INTERFACE(16),
    ETHER_SOURCE(48),
    ETHER_DESTINATION(48),
    /** An IPv4 address takes the low 32 bits. */
    SOURCE(128),
    DESTINATION(128),
    /** What the router's own table says of the destination: one of the {@code TYPE_} numbers. */
    DESTINATION_TYPE(3),
    /** IANA protocol number of the upper layer, behind any IPv6 extension headers. */
    PROTOCOL(8),
    /**
     * IPv6: the number of the first extension header, or {@link #NO_EXTENSION}. {@code ip6 nexthdr tcp} means protocol
     * TCP and no extension header.
     */
    EXTENSION(9),
    /** Of protocols with ports; means nothing for others, so a condition on it always stands beside one on those. */
    SOURCE_PORT(16),
    DESTINATION_PORT(16),
    /** Of ICMP and of ICMPv6. */
    ICMP_TYPE(8),
    ICMP_CODE(8),
    /** The flag octet: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
    TCP_FLAGS(8),
    /** 1 for a later fragment, which carries no ports; 0 for everything else. */
    LATER_FRAGMENT(1),
    /** Length of the IP packet in octets. */
    LENGTH(16),
    /** TTL or hop limit. */
    HOP_LIMIT(8),
    DSCP(6),
    /** Of connection tracking: one of the {@code STATE_} numbers. */
    STATE(3),
    /** 0 the direction in which the flow began, 1 the answers. */
    DIRECTION(1),
    /** Bits: 1 the flow's source is translated, 2 its destination is. */
    FLOW_STATUS(2),
    /** The packet's mark ({@code meta mark}, {@code -m mark}); 0 when a packet comes in. */
    MARK(32),
    /** The flow's mark ({@code ct mark}, {@code -m connmark}); 0 for a new flow. */
    FLOW_MARK(32),
    /** pf's tag as a number that the reader gives; 0 is none. */
    TAG(16);

    public static final long IPV4 = 0;
    public static final long IPV6 = 1;

    public static final long TYPE_UNICAST = 0;
    /** An address of the router itself. */
    public static final long TYPE_LOCAL = 1;

    public static final long TYPE_BROADCAST = 2;
    public static final long TYPE_MULTICAST = 3;
    /** No route, blackhole and the like. */
    public static final long TYPE_OTHER = 4;

    public static final long STATE_INVALID = 0;
    public static final long STATE_NEW = 1;
    public static final long STATE_ESTABLISHED = 2;
    public static final long STATE_RELATED = 3;
    public static final long STATE_UNTRACKED = 4;

    public static final long NO_EXTENSION = 256;

    private final int bits;

    /** Immutable but for a result that it keeps. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ValueSet all;

    Field(int bits) {
        this.bits = bits;
        this.all = ValueSet.all(bits);
    }

    /** {@code "destination port"}: as a sentence has it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public int bits() {
        return bits;
    }

    /** Every number that fits the field. */
    public ValueSet all() {
        return all;
    }

    public ValueSet none() {
        return ValueSet.none(bits);
    }

    public ValueSet only(long value) {
        return ValueSet.of(bits, value);
    }
}
