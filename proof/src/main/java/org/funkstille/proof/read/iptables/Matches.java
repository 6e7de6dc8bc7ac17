package org.funkstille.proof.read.iptables;

import java.util.HashMap;
import java.util.Map;
import org.funkstille.proof.filter.Condition;

/** All matches by name. One that is not here, or says something strange, is unknown as a whole. */
final class Matches {

    private static final Map<String, Match> KNOWN = known();

    private Matches() {}

    static Condition read(Extension match, Context context) {
        Match known = KNOWN.get(match.name());
        if (known == null) {
            return new Condition.Unknown(match.toString());
        }
        try {
            return known.read(match, context);
        } catch (NotUnderstood _) {
            return new Condition.Unknown(match.toString());
        }
    }

    private static Map<String, Match> known() {
        Map<String, Match> known = new HashMap<>();
        known.put("tcp", PortMatches.of(Protocols.TCP));
        known.put("udp", PortMatches.of(Protocols.UDP));
        known.put("sctp", PortMatches.of(Protocols.SCTP));
        known.put("dccp", PortMatches.of(Protocols.DCCP));
        known.put("udplite", PortMatches.of(Protocols.UDPLITE));
        known.put("multiport", PortMatches::multiport);
        known.put("icmp", IcmpMatches::icmp);
        known.put("icmp6", IcmpMatches::icmp6);
        known.put("icmpv6", IcmpMatches::icmp6);
        known.put("ipv6-icmp", IcmpMatches::icmp6);
        known.put("state", FlowMatches::state);
        known.put("conntrack", FlowMatches::conntrack);
        known.put("mark", PacketMatches::mark);
        known.put("connmark", PacketMatches::connmark);
        known.put("mac", PacketMatches::mac);
        known.put("length", PacketMatches::length);
        known.put("ttl", PacketMatches::hops);
        known.put("hl", PacketMatches::hops);
        known.put("dscp", PacketMatches::dscp);
        known.put("tos", PacketMatches::tos);
        known.put("iprange", AddressMatches::range);
        known.put("addrtype", AddressMatches::type);
        known.put("pkttype", AddressMatches::frame);
        known.put("set", SetMatches::set);
        known.put("time", TimeMatches::time);
        known.put("owner", Matches::owner);
        known.put("policy", Matches::policy);
        known.put("hbh", HeaderChainMatches::hopByHop);
        known.put("rt", HeaderChainMatches::routing);
        known.put("dst", HeaderChainMatches::destination);
        known.put("frag", HeaderChainMatches::fragment);
        known.put("ipv6header", HeaderChainMatches::anyHeader);
        known.put("ah", HeaderChainMatches::ah);
        known.put("esp", HeaderChainMatches::esp);
        // It counts, nothing else.
        known.put("nfacct", (_, _) -> Condition.ALWAYS);
        for (String chosen : new String[] {
            // What a sender brings about by sending more, less, or something else.
            "limit", "hashlimit", "connlimit", "connbytes", "statistic", "quota", "quota2", "string", "tcpmss", "ecn"
        }) {
            known.put(chosen, (match, _) -> new Condition.Choice(match.toString()));
        }
        return Map.copyOf(known);
    }

    /**
     * Who sent it is known only of packets of the router itself; of others, {@code xt_owner} says that nothing asked for
     * is so, which satisfies negated options alone.
     */
    private static Condition owner(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> switch (option.name()) {
            case "--uid-owner", "--gid-owner", "--socket-exists" ->
                option.negated() ? Condition.ALWAYS : Condition.NEVER;
            // Changes what is asked of the group alone.
            case "--suppl-groups" -> Condition.ALWAYS;
            default -> throw Match.strange(option);
        });
    }

    private static Condition policy(Extension match, Context context) throws NotUnderstood {
        String kind = match.option("--pol")
                .orElseThrow(() -> new NotUnderstood("no --pol"))
                .value();
        context.assumptions()
                .add("packets of the devices come and go without IPsec: the router has no tunnel for them (-m policy)");
        return switch (kind) {
            case "none" -> Condition.ALWAYS;
            case "ipsec" -> Condition.NEVER;
            default -> throw new NotUnderstood("the policy " + kind);
        };
    }
}
