package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;

/**
 * {@code SYNPROXY}: the router shakes hands in the server's place ({@code synproxy_tg4} in
 * {@code net/ipv4/netfilter/ipt_SYNPROXY.c}, {@code synproxy_tg6} in ip6t_SYNPROXY.c). It swallows a SYN and answers it
 * with a cookie; it swallows an ACK that brings the cookie and then calls the server itself; it drops an ACK with any
 * other number, and packets with wrong checksums. All else goes on to the next rule.
 *
 * <p>A sender gets a cookie only for a SYN that comes here. A SYN of a flow that is not known is new unless its checksum
 * is wrong; so where the rule asks for invalid or untracked packets, as it does, it takes a rule that keeps SYNs from
 * tracking ({@code -j CT --notrack}). Of flows that no such rule asks for, there is no cookie, and each ACK is dropped.
 * Packets that are not tracked are not translated either, so both packets come here with the same addresses.
 */
final class Synproxy {

    private static final long FIN = 1;
    private static final long SYN = 2;
    private static final long RST = 4;
    private static final long ACK = 16;
    private static final long ALL = FIN | SYN | RST | ACK;

    private Synproxy() {}

    static List<Outcome> read(Extension target, Context context) {
        Condition tcp = Protocols.headerOf(Protocols.TCP);
        Condition first = Condition.all(tcp, PortMatches.flags(ALL, SYN));
        Condition answer = Condition.all(tcp, PortMatches.flags(ALL, ACK));
        Action unclear = new Action.Unclear(target.toString());
        Condition withoutFlow = Condition.all(answer, FlowMatches.NO_FLOW);
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(new Outcome(first, List.of(), Action.DROP));
        if (!context.untracked().equals(Condition.NEVER)) {
            outcomes.add(new Outcome(Condition.all(withoutFlow, context.untracked()), List.of(), unclear));
        }
        outcomes.add(
                new Outcome(Condition.all(withoutFlow, Condition.not(context.untracked())), List.of(), Action.DROP));
        // Of a flow that is tracked, the SYN came here as well and may have got a cookie.
        outcomes.add(new Outcome(Condition.all(answer, FlowMatches.HAS_FLOW), List.of(), unclear));
        return outcomes;
    }
}
