package org.funkstille.proof.prover;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.boxes.BoxEngine;
import org.funkstille.proof.boxes.Escape;
import org.funkstille.proof.boxes.TooLarge;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Rule.Origin;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Residual.Kind;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.simulate.Course;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;

/** Finds the residual ways that rules of the system itself leave open to a device. */
final class ResidualSearch {

    private static final int TRIED = 16;

    private final RuleSet rules;
    private final RuleSet closed;
    private final Map<Kind, BoxEngine> engines = new EnumMap<>(Kind.class);

    ResidualSearch(RuleSet rules, House house, Set<Kind> opened) {
        this.rules = rules;
        this.closed = opened.isEmpty() ? rules : ResidualWays.closed(rules, opened);
        for (Kind kind : opened) {
            Set<Kind> others = EnumSet.copyOf(opened);
            others.remove(kind);
            engines.put(kind, new BoxEngine(ResidualWays.closed(rules, others), house));
        }
    }

    List<Residual> ways(Question question, Packets packets) throws TooLarge {
        List<Residual> found = new ArrayList<>();
        for (Map.Entry<Kind, BoxEngine> entry : engines.entrySet()) {
            Kind kind = entry.getKey();
            Origin origin = kind == Kind.ROUTER_ADMIN ? Origin.ADMINISTRATION : Origin.SYSTEM;
            List<Escape> escapes = entry.getValue().ask(question).escapes().stream()
                    .filter(escape -> ResidualWays.mayBe(kind, escape.sent()))
                    .limit(TRIED)
                    .toList();
            for (Escape escape : escapes) {
                Packet packet = packets.of(ResidualWays.part(kind, escape.sent()));
                Optional<Source> rule = openedBy(origin, packet, question);
                if (rule.isPresent()) {
                    found.add(described(kind, rule.get()));
                    break;
                }
            }
        }
        return found;
    }

    /** The system's rule without which the packet would not get out. */
    private Optional<Source> openedBy(Origin origin, Packet packet, Question question) {
        if (new Simulator(closed, question).verdict(packet).escape() != Verdict.Escape.NEVER) {
            return Optional.empty();
        }
        return new Simulator(rules, question)
                .verdict(packet).example().map(Course::rules).stream()
                        .flatMap(List::stream)
                        .filter(rule -> rule.origin() == origin)
                        .map(Rule::source)
                        .findFirst();
    }

    static Residual described(Kind kind, Source rule) {
        return new Residual(
                kind,
                rule,
                switch (kind) {
                    case ICMPV6_ERRORS ->
                        "The system's own rule stands before all of yours, so no rule of yours closes it. Where nothing"
                                + " needs IPv6, switch IPv6 off for this network or for the whole firewall.";
                    case ROUTER_ADMIN ->
                        "Keep the device from the router's administration page: switch the anti-lockout rule off and"
                                + " allow the page to your own computers only; on IPFire drop the device in"
                                + " CUSTOMINPUT.";
                    case ANSWERS_TO_INBOUND ->
                        "Take back the rule that lets flows begin outside, or block the device before the rule that"
                                + " accepts established flows.";
                });
    }
}
