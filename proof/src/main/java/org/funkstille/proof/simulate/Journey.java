package org.funkstille.proof.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Decision.By;

/** One packet's way through the hooks, for one script of decisions. */
final class Journey {

    private final RuleSet rules;
    private final Question question;
    private final Space space;
    private final Packet sent;
    private final Script script;
    private final Traveller packet;
    private final Effects effects;
    private final Unclear unclear;
    private final FirstMatch firstMatch;
    private final LastMatch lastMatch;
    private final List<Stage> stages = new ArrayList<>();

    Journey(RuleSet rules, Question question, Predicate<Rule> skip, Packet sent, Script script, Steps steps) {
        this.rules = rules;
        this.question = question;
        this.space = new Space(question, rules.platform());
        this.sent = sent;
        this.script = script;
        this.packet = new Traveller(sent.box(), space.interfaces(), question.at(), script);
        this.effects = new Effects(packet, space.interfaces());
        this.unclear = new Unclear(script);
        this.firstMatch = new FirstMatch(rules, skip, packet, effects, unclear, steps);
        this.lastMatch = new LastMatch(skip, packet, effects, unclear);
    }

    Course travel() {
        Outcome outcome = arrive().or(this::route).orElseThrow();
        return new Course(sent, stages, script.met(), outcome, packet.now());
    }

    /** Up to routing. Absent, here and below: the packet goes on. */
    private Optional<Outcome> arrive() {
        if (rules.platform() == Platform.NETFILTER) {
            packet.set(Field.STATE, Field.STATE.only(Field.STATE_INVALID));
        }
        List<BaseChain> before = new ArrayList<>(rules.at(Hook.INGRESS));
        List<BaseChain> after = new ArrayList<>();
        for (BaseChain base : rules.at(Hook.PREROUTING)) {
            (base.priority() < BaseChain.CONNECTION_TRACKING ? before : after).add(base);
        }
        return through(before).or(() -> {
            if (rules.platform() == Platform.NETFILTER) {
                trackConnection();
            }
            return through(after);
        });
    }

    private void trackConnection() {
        long state = effects.untracked() ? Field.STATE_UNTRACKED : sent.number(Field.STATE);
        packet.set(Field.STATE, Field.STATE.only(state));
    }

    private Optional<Outcome> route() {
        if (!is(Field.OUT_INTERFACE, Interfaces.NONE)) {
            boolean leadsOutside = packet.holds(new Condition.In(Field.OUT_INTERFACE, space.outside()));
            return leadsOutside ? forward() : Optional.of(Outcome.STAYED);
        }
        if (is(Field.DESTINATION_TYPE, Field.TYPE_LOCAL)
                || is(Field.DESTINATION_TYPE, Field.TYPE_BROADCAST)
                || is(Field.DESTINATION_TYPE, Field.TYPE_MULTICAST)) {
            return deliver();
        }
        boolean toTheOutside = is(Field.DESTINATION_TYPE, Field.TYPE_UNICAST)
                && !packet.holds(new Condition.In(Field.DESTINATION, space.inside()))
                && !space.outside().isEmpty();
        if (!toTheOutside) {
            return Optional.of(Outcome.STAYED);
        }
        packet.set(Field.OUT_INTERFACE, anyOutside());
        return forward();
    }

    /** Each of them is tried; so it is as if the sender took the one that suits it. */
    private ValueSet anyOutside() {
        List<Long> numbers = new ArrayList<>();
        for (Range range : space.outside().ranges()) {
            for (long number = range.first().low(); number <= range.last().low(); number++) {
                numbers.add(number);
            }
        }
        int picked = 0;
        if (numbers.size() > 1) {
            List<String> names = numbers.stream().map(space.interfaces()::name).toList();
            picked = script.pick(By.SENDER, "the interface that leads outside", names);
        }
        return Field.OUT_INTERFACE.only(numbers.get(picked));
    }

    private Optional<Outcome> deliver() {
        return through(rules.at(Hook.INPUT)).or(() -> {
            boolean escapes = question.services() && !packet.holds(Space.harmlessAtRouter());
            return Optional.of(escapes ? Outcome.ROUTER : Outcome.STAYED);
        });
    }

    /** A router takes one off the hop limit before anything is asked about forwarding (ip_forward, ip6_forward). */
    private Optional<Outcome> forward() {
        if (!packet.holds(space.forwarded())) {
            return Optional.of(Outcome.GONE);
        }
        List<Range> left = packet.get(Field.HOP_LIMIT).ranges().stream()
                .map(range -> new Range(range.first().previous(), range.last().previous()))
                .toList();
        packet.set(Field.HOP_LIMIT, ValueSet.ofAll(Field.HOP_LIMIT.bits(), left));
        return through(rules.at(Hook.FORWARD))
                .or(() -> through(rules.at(Hook.POSTROUTING)))
                .or(() -> through(rules.at(Hook.EGRESS)))
                .or(() -> Optional.of(Outcome.OUTSIDE));
    }

    private Optional<Outcome> through(List<BaseChain> bases) {
        for (BaseChain base : bases) {
            if (packet.holds(base.guard()) && (!base.translation() || mayBeTranslated(base.hook()))) {
                Optional<Outcome> end = through(base);
                if (end.isPresent()) {
                    return end;
                }
            }
        }
        return Optional.empty();
    }

    /** Where a chain has translated the packet, no other one of that kind is asked (nf_nat_inet_fn). */
    private boolean mayBeTranslated(Hook hook) {
        if (rules.platform() == Platform.PF) {
            return true;
        }
        int done = hook == Hook.INPUT || hook == Hook.POSTROUTING ? 1 : 2;
        return is(Field.STATE, Field.STATE_NEW)
                && is(Field.DIRECTION, 0)
                && (packet.number(Field.FLOW_STATUS).low() & done) == 0;
    }

    private Optional<Outcome> through(BaseChain base) {
        Chain chain = rules.chain(base.chain());
        ChainEnd end = switch (base.matching()) {
            case FIRST -> firstMatch.run(chain, List.of());
            case LAST -> lastMatch.run(chain);
        };
        boolean passed = switch (end.how()) {
            case ACCEPT, ESCAPE -> true;
            case DROP -> false;
            case RETURN -> policyAccepts(base);
        };
        List<String> chains = end.chains().isEmpty() ? List.of(chain.name()) : end.chains();
        stages.add(new Stage(base, chains, end.jumps(), end.rule(), passed));
        return switch (end.how()) {
            case ESCAPE -> Optional.of(Outcome.OUTSIDE);
            case ACCEPT, DROP, RETURN -> passed ? Optional.empty() : Optional.of(Outcome.GONE);
        };
    }

    private boolean policyAccepts(BaseChain base) {
        return switch (base.policy()) {
            case Action.Accept() -> true;
            case Action.Drop _ -> false;
            default -> unclear.policyAccepts(base.source().text());
        };
    }

    private boolean is(Field field, long number) {
        return packet.holds(Condition.in(field, number));
    }
}
