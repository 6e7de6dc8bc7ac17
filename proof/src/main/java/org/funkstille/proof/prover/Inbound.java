package org.funkstille.proof.prover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.funkstille.core.net.Family;
import org.funkstille.proof.boxes.BoxEngine;
import org.funkstille.proof.boxes.Escape;
import org.funkstille.proof.boxes.TooLarge;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.ValueSet;

/** Can a flow begin outside, so that the device's answers get out as part of it? */
final class Inbound {

    /** Flows that are followed back; one is enough, more are looked at in case the answers to the first are dropped. */
    private static final int FOLLOWED = 200;

    private final BoxEngine engine;
    private final Platform platform;
    private final House house;
    private final Instant at;

    Inbound(BoxEngine engine, Platform platform, House house, Instant at) {
        this.engine = engine;
        this.platform = platform;
        this.house = house;
        this.at = at;
    }

    /**
     * A flow that begins outside and whose answers get out.
     *
     * @param opening the rule that lets it in
     * @param answer a packet of the device that gets out as part of it
     * @param outside the interface
     * @param unknowns what must come out one way for that; empty: it surely does
     */
    record Answered(Source opening, Box answer, String outside, Set<String> unknowns) {}

    /** Rather one that surely gets out. */
    Optional<Answered> answered(Subject subject, Family family, ValueSet macs, ValueSet addresses) throws TooLarge {
        Optional<Answered> doubtful = Optional.empty();
        for (String outside : house.outside()) {
            ValueSet strangers = Addressing.forwardedFrom(family).minus(house.addresses(family));
            Question question = new Question(outside, Field.ETHER_SOURCE.all(), family, strangers, house, false, at);
            List<Box> sent = addressable(new Space(question, platform).sent(), family);
            Box toDevice = Box.all().with(Field.DESTINATION, addresses);
            List<Escape> arrived =
                    engine.carry(at, sent, toDevice, subject.interfaceName()).arrived();
            for (Escape flow : arrived.stream().limit(FOLLOWED).toList()) {
                Optional<Escape> answer = answer(flow, subject, family, macs, outside);
                if (answer.isPresent()) {
                    Set<String> unknowns = new TreeSet<>(flow.unknowns());
                    unknowns.addAll(answer.get().unknowns());
                    Answered answered = new Answered(
                            opening(flow, toDevice, subject), answer.get().sent(), outside, unknowns);
                    if (unknowns.isEmpty()) {
                        return Optional.of(answered);
                    }
                    doubtful = doubtful.or(() -> Optional.of(answered));
                }
            }
        }
        return doubtful;
    }

    /** Nobody outside can send to a private address (RFC 1918, RFC 6598); only translation leads there. */
    private static List<Box> addressable(List<Box> sent, Family family) {
        return sent.stream()
                .map(box -> box.get(Field.DESTINATION_TYPE).contains(Field.TYPE_UNICAST)
                        ? box.with(Field.DESTINATION, box.get(Field.DESTINATION).minus(Addressing.privateUse(family)))
                        : box)
                .filter(box -> !box.isEmpty())
                .toList();
    }

    /** pf lets everything pass that belongs to a state, Linux asks its rules again. */
    private Optional<Escape> answer(Escape flow, Subject subject, Family family, ValueSet macs, String outside)
            throws TooLarge {
        Interfaces interfaces = new Interfaces(house.interfaces());
        Box now = flow.now();
        if (now.get(Field.STATE).equals(Field.STATE.only(Field.STATE_INVALID))) {
            return Optional.empty(); // No flow is kept of it, so nothing belongs to it.
        }
        Box answer = Box.all()
                .with(Field.FAMILY, AddressSets.number(family))
                .with(Field.IN_INTERFACE, interfaces.number(subject.interfaceName()))
                .with(Field.OUT_INTERFACE, Interfaces.NONE)
                .with(Field.ETHER_SOURCE, macs)
                .with(Field.SOURCE, now.get(Field.DESTINATION))
                .with(Field.DESTINATION, now.get(Field.SOURCE).intersect(Addressing.forwardedTo(family)))
                .with(Field.DESTINATION_TYPE, Field.TYPE_UNICAST)
                .with(Field.PROTOCOL, now.get(Field.PROTOCOL))
                .with(Field.EXTENSION, Field.NO_EXTENSION)
                .with(Field.SOURCE_PORT, now.get(Field.DESTINATION_PORT))
                .with(Field.DESTINATION_PORT, now.get(Field.SOURCE_PORT))
                .with(Field.STATE, Field.STATE_ESTABLISHED)
                .with(Field.DIRECTION, 1)
                .with(Field.FLOW_STATUS, now.get(Field.FLOW_STATUS))
                .with(Field.FLOW_MARK, now.get(Field.FLOW_MARK))
                .with(Field.MARK, 0)
                .with(Field.TAG, 0);
        if (platform == Platform.PF) {
            return answer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Escape(answer, answer, Escape.Way.OUTSIDE, Set.of()));
        }
        Box error = answer.with(Field.PROTOCOL, family == Family.IPV4 ? 1 : 58).with(Field.STATE, Field.STATE_RELATED);
        Box away =
                Box.all().with(Field.DESTINATION, Addressing.forwardedTo(family).minus(house.addresses(family)));
        List<Box> answers = new ArrayList<>(List.of(answer, error));
        answers.removeIf(Box::isEmpty);
        return engine.carry(at, answers, away, outside).arrived().stream()
                .min(Comparator.comparingInt(escape -> escape.unknowns().size()));
    }

    private Source opening(Escape flow, Box toDevice, Subject subject) throws TooLarge {
        List<Rule> accepting = engine.carry(at, List.of(flow.sent().first().box()), toDevice, subject.interfaceName())
                .accepting();
        for (int index = accepting.size() - 1; index >= 0; index--) {
            Rule rule = accepting.get(index);
            if (rule.action() instanceof Action.Accept) {
                boolean jumped =
                        index + 1 < accepting.size() && accepting.get(index + 1).action() instanceof Action.Jump;
                return jumped ? accepting.get(index + 1).source() : rule.source();
            }
        }
        return new Source("", "no rule: the policy lets flows in from outside", "");
    }
}
