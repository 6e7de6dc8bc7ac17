package org.funkstille.proof.prover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The rule that lets a flow in whose answers get out. */
    Optional<Source> answered(Subject subject, Family family, ValueSet macs, ValueSet addresses) throws TooLarge {
        for (String outside : house.outside()) {
            ValueSet strangers = Addressing.forwardedFrom(family).minus(house.addresses(family));
            Question question = new Question(outside, Field.ETHER_SOURCE.all(), family, strangers, house, false, at);
            List<Box> sent = addressable(new Space(question, platform).sent(), family);
            Box toDevice = Box.all().with(Field.DESTINATION, addresses);
            List<Escape> arrived =
                    engine.carry(at, sent, toDevice, subject.interfaceName()).arrived();
            for (Escape flow : arrived.stream().limit(FOLLOWED).toList()) {
                if (flow.unknowns().isEmpty() && answersPass(flow, subject, family, macs, outside)) {
                    return Optional.of(opening(flow, toDevice, subject));
                }
            }
        }
        return Optional.empty();
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
    private boolean answersPass(Escape flow, Subject subject, Family family, ValueSet macs, String outside)
            throws TooLarge {
        if (platform == Platform.PF) {
            return true;
        }
        Interfaces interfaces = new Interfaces(house.interfaces());
        Box now = flow.now();
        if (now.get(Field.STATE).equals(Field.STATE.only(Field.STATE_INVALID))) {
            return false; // No flow is kept of it, so nothing belongs to it.
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
        Box error = answer.with(Field.PROTOCOL, family == Family.IPV4 ? 1 : 58).with(Field.STATE, Field.STATE_RELATED);
        Box away =
                Box.all().with(Field.DESTINATION, Addressing.forwardedTo(family).minus(house.addresses(family)));
        List<Box> answers = new ArrayList<>(List.of(answer, error));
        answers.removeIf(Box::isEmpty);
        return engine.carry(at, answers, away, outside).arrived().stream()
                .anyMatch(escape -> escape.unknowns().isEmpty());
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
