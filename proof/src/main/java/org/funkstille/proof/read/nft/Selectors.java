package org.funkstille.proof.read.nft;

import static org.funkstille.proof.filter.Condition.all;
import static org.funkstille.proof.filter.Condition.in;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** From the expressions of nft to what they read, with the protocol dependencies that JSON leaves out. */
final class Selectors {

    static final Condition IS_IPV4 = in(Field.FAMILY, Field.IPV4);
    static final Condition IS_IPV6 = in(Field.FAMILY, Field.IPV6);

    /** Connection tracking knows the packet: otherwise {@code ct} keys but the state break the rule off. */
    static final Condition TRACKED =
            in(Field.STATE, ValueSet.of(Field.STATE.bits(), Range.of(Field.STATE_NEW, Field.STATE_RELATED)));

    /**
     * A later fragment carries no header of the upper layer, but the kernel's fast path reads the octets that stand in
     * its place (nft_payload_fast_eval, seen in 6.18), where there are enough of them. So the sender picks: ports and
     * the like are whatever it writes there (of IPv6: in the first octets of the IPv6 header, among them the flow label),
     * and one that is too short has none.
     */
    private static final Condition HEADER_OR_OCTETS = Condition.any(
            in(Field.LATER_FRAGMENT, 0), new Condition.Choice("a later fragment that has octets in place of a header"));

    private static final Map<String, Long> PROTOCOLS =
            Map.of("tcp", 6L, "udp", 17L, "udplite", 136L, "sctp", 132L, "dccp", 33L);

    /** UDP, TCP, SCTP, DCCP, UDP-Lite. */
    static final ValueSet WITH_PORTS = ValueSet.ofAll(
            Field.PROTOCOL.bits(),
            List.of(Range.of(6, 6), Range.of(17, 17), Range.of(33, 33), Range.of(132, 132), Range.of(136, 136)));

    static final Condition HAS_PORTS = new Condition.In(Field.PROTOCOL, WITH_PORTS);

    private static final Map<String, Long> EXTENSIONS =
            Map.of("hbh", 0L, "rt", 43L, "rt0", 43L, "rt2", 43L, "srh", 43L, "frag", 44L, "dst", 60L, "mh", 135L);

    static final Coding FAMILIES = new Coding.Table(Map.of(Field.IPV4, 2L, Field.IPV6, 10L));
    private static final Coding ETHERTYPES = new Coding.Table(Map.of(Field.IPV4, 0x0800L, Field.IPV6, 0x86ddL));
    private static final Coding STATES = new Coding.Table(Map.of(
            Field.STATE_INVALID, 1L,
            Field.STATE_NEW, 8L,
            Field.STATE_ESTABLISHED, 2L,
            Field.STATE_RELATED, 4L,
            Field.STATE_UNTRACKED, 64L));

    /** IPS_SRC_NAT and IPS_DST_NAT; a flow's first packet has no other bit that rules ask for. */
    private static final Coding STATUS = new Coding.Table(Map.of(0L, 0L, 1L, 16L, 2L, 32L, 3L, 48L));

    private static final Coding DIRECTIONS = new Coding.Table(Map.of(0L, 0L, 1L, 1L));

    /** RTN_UNICAST and so on (linux/rtnetlink.h). */
    private static final Coding ADDRESS_TYPES = new Coding.Table(Map.of(
            Field.TYPE_UNICAST, 1L,
            Field.TYPE_LOCAL, 2L,
            Field.TYPE_BROADCAST, 3L,
            Field.TYPE_MULTICAST, 5L,
            Field.TYPE_OTHER, 7L));

    private final boolean bridge;

    /** Of the upper layer: later fragments do not carry it. */
    private final Condition header;

    /**
     * @param bridge true in tables of the family bridge, whose interfaces are ports of a bridge
     * @param fragments true where rules may come to see later fragments
     */
    Selectors(boolean bridge, boolean fragments) {
        this.bridge = bridge;
        this.header = fragments ? HEADER_OR_OCTETS : in(Field.LATER_FRAGMENT, 0);
    }

    Selector of(Json expression) {
        Json body = expression.body();
        return switch (expression.kind()) {
            case "payload" ->
                body.has("base")
                        ? new Selector.Opaque(Condition.ALWAYS)
                        : payload(body.text("protocol"), body.text("field"));
            case "meta" -> meta(body.text("key"));
            case "ct" -> connection(body.text("key"), body.text("dir"));
            case "fib" -> routing(body);
            case "exthdr" -> extension(body);
            case "tcp option" -> new Selector.Free(transport(6));
            case "ip option" -> new Selector.Free(IS_IPV4);
            case "sctp chunk" -> new Selector.Free(transport(132));
            case "dccp option" -> new Selector.Free(transport(33));
            // They count packets, or draw lots: a sender tries again.
            case "numgen" -> new Selector.Free(Condition.ALWAYS);
            default -> new Selector.Opaque(Condition.ALWAYS);
        };
    }

    private Condition transport(long protocol) {
        return all(in(Field.PROTOCOL, protocol), header);
    }

    private Selector payload(String protocol, String field) {
        return switch (protocol) {
            case "ether" -> ethernet(field);
            case "ip" -> ip(field);
            case "ip6" -> ip6(field);
            case "tcp", "udp", "udplite", "sctp", "dccp" ->
                transportField(transport(PROTOCOLS.getOrDefault(protocol, 0L)), protocol, field);
            case "th" -> transportField(header, protocol, field);
            case "icmp" -> icmp(all(IS_IPV4, transport(1)), field, Words.ICMP_TYPE, Words.ICMP_CODE);
            case "icmpv6" -> icmp(all(IS_IPV6, transport(58)), field, Words.ICMP6_TYPE, Words.ICMP6_CODE);
            case "igmp" -> new Selector.Free(all(IS_IPV4, transport(2)));
            case "esp" -> new Selector.Free(transport(50));
            case "comp" -> new Selector.Free(transport(108));
            case "gre" -> new Selector.Free(transport(47));
            case "ah" -> new Selector.Free(Condition.any(transport(51), in(Field.EXTENSION, 51)));
            case "arp" -> new Selector.Absent();
            default -> new Selector.Opaque(Condition.ALWAYS);
        };
    }

    private static Selector ethernet(String field) {
        return switch (field) {
            case "saddr" -> plain(Condition.ALWAYS, Field.ETHER_SOURCE, Words.MAC);
            case "daddr" -> plain(Condition.ALWAYS, Field.ETHER_DESTINATION, Words.MAC);
            case "type" -> new Selector.OfField(Condition.ALWAYS, Field.FAMILY, Words.ETHERTYPE, ETHERTYPES);
            default -> new Selector.Opaque(Condition.ALWAYS);
        };
    }

    private static Selector ip(String field) {
        return switch (field) {
            case "saddr" -> plain(IS_IPV4, Field.SOURCE, Words.IPV4);
            case "daddr" -> plain(IS_IPV4, Field.DESTINATION, Words.IPV4);
            case "protocol" -> plain(IS_IPV4, Field.PROTOCOL, Words.PROTOCOL);
            case "ttl" -> plain(IS_IPV4, Field.HOP_LIMIT, Words.NUMBER8);
            case "dscp" -> plain(IS_IPV4, Field.DSCP, Words.DSCP);
            case "length" -> plain(IS_IPV4, Field.LENGTH, Words.NUMBER16);
            case "version" -> version(IS_IPV4);
            default -> new Selector.Free(IS_IPV4);
        };
    }

    private static Selector ip6(String field) {
        return switch (field) {
            case "saddr" -> plain(IS_IPV6, Field.SOURCE, Words.IPV6);
            case "daddr" -> plain(IS_IPV6, Field.DESTINATION, Words.IPV6);
            case "nexthdr" -> new Selector.OfNextHeader(IS_IPV6);
            case "hoplimit" -> plain(IS_IPV6, Field.HOP_LIMIT, Words.NUMBER8);
            case "dscp" -> plain(IS_IPV6, Field.DSCP, Words.DSCP);
            // RFC 8200 3: without the fixed header of 40 octets.
            case "length" -> new Selector.OfField(IS_IPV6, Field.LENGTH, Words.NUMBER16, new Coding.Shifted(40));
            case "version" -> version(IS_IPV6);
            default -> new Selector.Free(IS_IPV6);
        };
    }

    private static Selector version(Condition needs) {
        return new Selector.OfField(
                needs, Field.FAMILY, Words.NUMBER8, new Coding.Table(Map.of(Field.IPV4, 4L, Field.IPV6, 6L)));
    }

    private static Selector transportField(Condition needs, String protocol, String field) {
        return switch (field) {
            case "sport" -> plain(needs, Field.SOURCE_PORT, Words.PORT);
            case "dport" -> plain(needs, Field.DESTINATION_PORT, Words.PORT);
            case "flags" ->
                protocol.equals("tcp") ? plain(needs, Field.TCP_FLAGS, Words.TCP_FLAGS) : new Selector.Free(needs);
            default -> new Selector.Free(needs);
        };
    }

    private static Selector icmp(Condition needs, String field, Words types, Words codes) {
        return switch (field) {
            case "type" -> plain(needs, Field.ICMP_TYPE, types);
            case "code" -> plain(needs, Field.ICMP_CODE, codes);
            default -> new Selector.Free(needs);
        };
    }

    private Selector meta(String key) {
        return switch (key) {
            case "iif", "iifname" -> interfaceName(Field.IN_INTERFACE);
            case "oif", "oifname" -> interfaceName(Field.OUT_INTERFACE);
            case "nfproto" -> new Selector.OfField(Condition.ALWAYS, Field.FAMILY, Words.NFPROTO, FAMILIES);
            case "protocol" -> new Selector.OfField(Condition.ALWAYS, Field.FAMILY, Words.ETHERTYPE, ETHERTYPES);
            case "l4proto" -> plain(Condition.ALWAYS, Field.PROTOCOL, Words.PROTOCOL);
            case "mark" -> plain(Condition.ALWAYS, Field.MARK, Words.MARK);
            case "length" -> plain(Condition.ALWAYS, Field.LENGTH, Words.NUMBER16);
            case "time" -> new Selector.OfTime(Times.Unit.TIME);
            case "day" -> new Selector.OfTime(Times.Unit.DAY);
            case "hour" -> new Selector.OfTime(Times.Unit.HOUR);
            case "pkttype" -> new Selector.OfPacketType();
            case "random" -> new Selector.Free(Condition.ALWAYS);
            default -> new Selector.Opaque(Condition.ALWAYS);
        };
    }

    private Selector interfaceName(Field field) {
        return bridge ? new Selector.Opaque(Condition.ALWAYS) : new Selector.OfInterface(field);
    }

    /** For a flow's first packet, its original direction is the packet itself, until its addresses are translated. */
    private static Selector connection(String key, String direction) {
        boolean original = direction.equals("original");
        if (!direction.isEmpty() && !original && !direction.equals("reply")) {
            return new Selector.Opaque(Condition.ALWAYS);
        }
        Optional<Selector> tuple = tuple(key, direction.isEmpty(), original);
        return tuple.orElseGet(() -> switch (key) {
            case "state" -> new Selector.OfField(Condition.ALWAYS, Field.STATE, Words.STATE, STATES);
            case "mark" -> plain(TRACKED, Field.FLOW_MARK, Words.MARK);
            case "status" -> new Selector.OfField(TRACKED, Field.FLOW_STATUS, Words.STATUS, STATUS);
            case "direction" -> new Selector.OfField(TRACKED, Field.DIRECTION, Words.DIRECTION, DIRECTIONS);
            case "l3proto" -> new Selector.OfField(TRACKED, Field.FAMILY, Words.NFPROTO, FAMILIES);
            case "protocol" -> plain(TRACKED, Field.PROTOCOL, Words.PROTOCOL);
            // A flow that has begun gets longer as long as its sender likes.
            case "bytes", "packets", "avgpkt" -> new Selector.Free(TRACKED);
            default -> new Selector.Opaque(TRACKED);
        });
    }

    private static Optional<Selector> tuple(String key, boolean none, boolean original) {
        if (none) {
            return Optional.empty();
        }
        boolean source = key.endsWith("saddr") || key.equals("proto-src");
        // Of answers, the source is the destination as it is now.
        Field address = source == original ? Field.SOURCE : Field.DESTINATION;
        Field port = source == original ? Field.SOURCE_PORT : Field.DESTINATION_PORT;
        Optional<Selector.OfField> found = switch (key) {
            case "ip saddr", "ip daddr" -> Optional.of(plain(all(TRACKED, IS_IPV4), address, Words.IPV4));
            case "ip6 saddr", "ip6 daddr" -> Optional.of(plain(all(TRACKED, IS_IPV6), address, Words.IPV6));
            case "proto-src", "proto-dst" ->
                Optional.of(plain(all(TRACKED, HAS_PORTS, in(Field.LATER_FRAGMENT, 0)), port, Words.PORT));
            default -> Optional.empty();
        };
        return found.map(field -> original ? new Selector.OfOrigin(field) : field);
    }

    private static Selector routing(Json fib) {
        List<String> flags = fib.get("flags").stream()
                .flatMap(list -> list.items().stream())
                .flatMap(flag -> flag.string().stream())
                .toList();
        if (fib.text("result").equals("type") && flags.equals(List.of("daddr"))) {
            return new Selector.OfField(Condition.ALWAYS, Field.DESTINATION_TYPE, Words.ADDRESS_TYPE, ADDRESS_TYPES);
        }
        return new Selector.Opaque(Condition.ALWAYS);
    }

    private static Selector extension(Json header) {
        Long number = EXTENSIONS.get(header.text("name"));
        if (number == null) {
            return new Selector.Opaque(IS_IPV6);
        }
        return header.has("field")
                ? new Selector.Free(all(IS_IPV6, Condition.not(in(Field.EXTENSION, Field.NO_EXTENSION))))
                : new Selector.OfExtension(IS_IPV6, number);
    }

    private static Selector.OfField plain(Condition needs, Field field, Words words) {
        return new Selector.OfField(needs, field, words, Coding.SAME);
    }
}
