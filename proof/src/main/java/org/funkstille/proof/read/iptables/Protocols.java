package org.funkstille.proof.read.iptables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Names of protocols: those of iptables itself and of {@code /etc/protocols}. Numbers: IANA. */
final class Protocols {

    static final long ICMP = 1;
    static final long TCP = 6;
    static final long UDP = 17;
    static final long DCCP = 33;
    static final long ESP = 50;
    static final long AH = 51;
    static final long ICMP6 = 58;
    static final long SCTP = 132;
    static final long MOBILITY = 135;
    static final long UDPLITE = 136;

    /** Those that {@code -m multiport} knows. */
    static final ValueSet WITH_PORTS = ValueSet.ofAll(
            Field.PROTOCOL.bits(),
            List.of(
                    Range.of(TCP, TCP),
                    Range.of(UDP, UDP),
                    Range.of(DCCP, DCCP),
                    Range.of(SCTP, SCTP),
                    Range.of(UDPLITE, UDPLITE)));

    private static final Map<String, Long> NAMES = Map.ofEntries(
            Map.entry("icmp", ICMP),
            Map.entry("igmp", 2L),
            Map.entry("ggp", 3L),
            Map.entry("ipencap", 4L),
            Map.entry("ipv4", 4L),
            Map.entry("st", 5L),
            Map.entry("tcp", TCP),
            Map.entry("egp", 8L),
            Map.entry("igp", 9L),
            Map.entry("pup", 12L),
            Map.entry("udp", UDP),
            Map.entry("hmp", 20L),
            Map.entry("xns-idp", 22L),
            Map.entry("rdp", 27L),
            Map.entry("iso-tp4", 29L),
            Map.entry("dccp", DCCP),
            Map.entry("xtp", 36L),
            Map.entry("ddp", 37L),
            Map.entry("idpr-cmtp", 38L),
            Map.entry("ipv6", 41L),
            Map.entry("ipv6-route", 43L),
            Map.entry("ipv6-frag", 44L),
            Map.entry("idrp", 45L),
            Map.entry("rsvp", 46L),
            Map.entry("gre", 47L),
            Map.entry("esp", ESP),
            Map.entry("ipv6-crypt", ESP),
            Map.entry("ah", AH),
            Map.entry("ipv6-auth", AH),
            Map.entry("skip", 57L),
            Map.entry("ipv6-icmp", ICMP6),
            Map.entry("icmpv6", ICMP6),
            Map.entry("icmp6", ICMP6),
            Map.entry("ipv6-nonxt", 59L),
            Map.entry("ipv6-opts", 60L),
            Map.entry("rspf", 73L),
            Map.entry("vmtp", 81L),
            Map.entry("eigrp", 88L),
            Map.entry("ospf", 89L),
            Map.entry("ospfigp", 89L),
            Map.entry("ax.25", 93L),
            Map.entry("ipip", 94L),
            Map.entry("etherip", 97L),
            Map.entry("encap", 98L),
            Map.entry("pim", 103L),
            Map.entry("ipcomp", 108L),
            Map.entry("vrrp", 112L),
            Map.entry("l2tp", 115L),
            Map.entry("isis", 124L),
            Map.entry("sctp", SCTP),
            Map.entry("fc", 133L),
            Map.entry("mobility-header", MOBILITY),
            Map.entry("ipv6-mh", MOBILITY),
            Map.entry("mh", MOBILITY),
            Map.entry("udplite", UDPLITE),
            Map.entry("mpls-in-ip", 137L),
            Map.entry("manet", 138L),
            Map.entry("hip", 139L),
            Map.entry("shim6", 140L),
            Map.entry("wesp", 141L),
            Map.entry("rohc", 142L));

    private Protocols() {}

    static long number(String text) throws NotUnderstood {
        Long known = NAMES.get(text.toLowerCase(Locale.ROOT));
        return known != null ? known : Numbers.number(Field.PROTOCOL, text);
    }

    /** The packets of a protocol that carry its header: no later fragments. */
    static Condition headerOf(long protocol) {
        return headerOf(Field.PROTOCOL.only(protocol));
    }

    static Condition headerOf(ValueSet protocols) {
        return Condition.all(Condition.in(Field.PROTOCOL, protocols), Condition.in(Field.LATER_FRAGMENT, 0));
    }
}
