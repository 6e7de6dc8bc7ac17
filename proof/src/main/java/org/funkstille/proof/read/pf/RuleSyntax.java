package org.funkstille.proof.read.pf;

import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.sets.ValueSet;

/**
 * A rule as written, macros put in.
 *
 * @param no the rule keeps others from translating
 * @param pass a translation after which the filter rules are not asked
 * @param answered a block that tells the sender
 * @param anchor of an anchor: its name, may be empty
 * @param inner of an anchor: the rules in braces
 * @param effects in order; those of routing and translation are not among them
 */
record RuleSyntax(
        Verb verb,
        boolean no,
        boolean pass,
        boolean answered,
        boolean quick,
        String anchor,
        Optional<List<RuleSyntax>> inner,
        Match match,
        List<Effect> effects,
        Optional<Route> route,
        Optional<Redirection> redirection,
        Labels labels,
        Source source) {

    enum Verb {
        PASS,
        BLOCK,
        MATCH,
        NAT,
        BINAT,
        RDR,
        ANCHOR,
        NAT_ANCHOR,
        BINAT_ANCHOR,
        RDR_ANCHOR,
        /** A line that stands for rules which are not there, or that are not understood. */
        UNCLEAR
    }

    enum Direction {
        IN,
        OUT,
        BOTH
    }

    record InterfaceName(boolean negated, String name) {}

    /** @param unknown protocols whose number is not known */
    record Protocols(ValueSet numbers, List<String> unknown) {}

    /** @param hosts none: any */
    record Peer(List<Host.Entry> hosts, Ports ports) {}

    /**
     * What a rule asks of a packet.
     *
     * @param interfaces none: any
     * @param conditions what needs nothing but the rule itself
     */
    record Match(
            Direction direction,
            List<InterfaceName> interfaces,
            Optional<Family> family,
            Protocols protocols,
            Peer from,
            Peer to,
            List<InterfaceName> receivedOn,
            List<Condition> conditions) {}

    /**
     * @param keyword {@code route-to} or {@code reply-to}
     * @param hops the interfaces, and the families of the gateways as far as they are literal
     */
    record Route(String keyword, List<Hop> hops, String text) {}

    record Hop(String interfaceName, Optional<Family> family) {}

    /**
     * What stands behind an arrow, or behind {@code nat-to} and {@code rdr-to}.
     *
     * @param first the first port, or -1
     * @param last the last port, or -1 where the range is as long as that of the rule ({@code 8000:*})
     */
    record Redirection(
            String keyword, List<Host.Entry> targets, int first, int last, boolean staticPort, String text) {}

    /**
     * What a rule is called by its system and its owner.
     *
     * @param comment behind the rule on its line
     * @param section the number in the comment {@code [prio: 400000]} that OPNsense puts before a group of rules; -1
     *     without one
     */
    record Labels(List<String> labels, String comment, int section) {}

    RuleSyntax {
        effects = List.copyOf(effects);
    }
}
