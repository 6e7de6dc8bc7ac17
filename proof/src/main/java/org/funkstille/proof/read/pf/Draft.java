package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.sets.ValueSet;

/** A rule while it is read. */
final class Draft {

    private static final long TCP = 6;
    private static final RuleSyntax.Peer ANYONE = new RuleSyntax.Peer(List.of(), Ports.ANY);

    final RuleSyntax.Verb verb;
    boolean no;
    boolean pass;
    boolean answered;
    boolean quick;
    boolean stateless;
    boolean fragment;
    boolean flagsGiven;
    String anchor = "";
    Optional<List<RuleSyntax>> inner = Optional.empty();
    RuleSyntax.Direction direction = RuleSyntax.Direction.BOTH;
    final List<RuleSyntax.InterfaceName> interfaces = new ArrayList<>();
    final List<RuleSyntax.InterfaceName> receivedOn = new ArrayList<>();
    Optional<Family> family = Optional.empty();
    ValueSet protocols = Field.PROTOCOL.all();
    final List<String> unknownProtocols = new ArrayList<>();
    RuleSyntax.Peer from = ANYONE;
    RuleSyntax.Peer to = ANYONE;
    final List<Condition> conditions = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    Optional<RuleSyntax.Route> route = Optional.empty();
    Optional<RuleSyntax.Redirection> redirection = Optional.empty();
    final List<String> labels = new ArrayList<>();

    Draft(RuleSyntax.Verb verb) {
        this.verb = verb;
    }

    /** Not understood: it may be a condition, and it may change what happens. */
    void unclear(String text) {
        conditions.add(new Condition.Unknown(text));
        effects.add(new Effect.Unclear(text));
    }

    private Optional<ValueSet> flags = Optional.empty();

    void flags(ValueSet wanted) {
        flagsGiven = true;
        flags = Optional.of(wanted);
    }

    /** Flags count for TCP only, and a later fragment has none. */
    private void addFlags(ValueSet wanted) {
        if (wanted.isAll() || (!protocols.contains(TCP) && unknownProtocols.isEmpty())) {
            return;
        }
        Condition holds =
                Condition.all(Condition.in(Field.LATER_FRAGMENT, 0), new Condition.In(Field.TCP_FLAGS, wanted));
        boolean onlyTcp = unknownProtocols.isEmpty() && protocols.equals(Field.PROTOCOL.only(TCP));
        conditions.add(
                onlyTcp
                        ? holds
                        : Condition.any(
                                Condition.in(
                                        Field.PROTOCOL, Field.PROTOCOL.only(TCP).complement()),
                                holds));
    }

    RuleSyntax finish(String comment, int section, Source source) {
        // pf.conf(5): a passing rule keeps state unless it says no, and looks only at SYN out of SYN and ACK unless it
        // says otherwise.
        if (verb == RuleSyntax.Verb.PASS && !stateless && !fragment && !flagsGiven) {
            flags = TcpFlags.set("S", "SA");
        }
        flags.ifPresent(this::addFlags);
        return new RuleSyntax(
                verb,
                no,
                pass,
                answered,
                quick,
                anchor,
                inner,
                new RuleSyntax.Match(
                        direction,
                        List.copyOf(interfaces),
                        family,
                        new RuleSyntax.Protocols(protocols, List.copyOf(unknownProtocols)),
                        from,
                        to,
                        List.copyOf(receivedOn),
                        List.copyOf(conditions)),
                effects,
                route,
                redirection,
                new RuleSyntax.Labels(List.copyOf(labels), comment, section),
                source);
    }
}
