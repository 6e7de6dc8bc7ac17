package org.funkstille.proof.question;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * The packets that a question is about, as they come in, and where routing sends them.
 *
 * <p>A packet is taken as the first of its flow: later ones of the same direction pass only where the first one did.
 */
public final class Space {

    private final Question question;
    private final Platform platform;
    private final Interfaces interfaces;

    public Space(Question question, Platform platform) {
        this.question = question;
        this.platform = platform;
        this.interfaces = new Interfaces(question.house().interfaces());
    }

    public Interfaces interfaces() {
        return interfaces;
    }

    /** All packets of the question as they come in; the boxes may overlap. */
    public List<Box> sent() {
        Family family = question.family();
        Box any = Box.all()
                .with(Field.FAMILY, AddressSets.number(family))
                .with(Field.IN_INTERFACE, interfaces.number(question.interfaceName()))
                .with(Field.OUT_INTERFACE, Interfaces.NONE)
                .with(Field.ETHER_SOURCE, question.macs())
                .with(Field.SOURCE, question.sources())
                .with(Field.EXTENSION, extensions(family))
                .with(Field.DIRECTION, 0)
                .with(Field.FLOW_STATUS, 0)
                .with(Field.MARK, 0)
                .with(Field.FLOW_MARK, 0)
                .with(Field.TAG, 0);
        List<Box> byDestination = new ArrayList<>();
        byDestination.add(any.with(Field.DESTINATION_TYPE, Field.TYPE_UNICAST)
                .with(Field.DESTINATION, Addressing.receivedFor(family))
                .restrict(Field.SOURCE, Addressing.receivedFrom(family)));
        byDestination.add(any.with(Field.DESTINATION_TYPE, Field.TYPE_LOCAL)
                .with(
                        Field.DESTINATION,
                        Addressing.unicast(family)
                                .minus(inside())
                                .union(question.house().router(family))));
        byDestination.add(any.with(Field.DESTINATION_TYPE, Field.TYPE_MULTICAST)
                .with(Field.DESTINATION, Addressing.multicast(family)));
        byDestination.add(
                any.with(Field.DESTINATION_TYPE, Field.TYPE_BROADCAST).with(Field.DESTINATION, broadcasts(family)));
        List<Box> sent = new ArrayList<>();
        for (Box box : byDestination) {
            if (!box.isEmpty()) {
                sent.addAll(platform == Platform.PF ? List.of(box.with(Field.STATE, Field.STATE_NEW)) : States.of(box));
            }
        }
        return sent;
    }

    /** Destinations that routing keeps inside the house. */
    public ValueSet inside() {
        return question.house().addresses(question.family());
    }

    /**
     * What routing asks of a packet before the forward chains see it, as it is then, before one is taken off its hop
     * limit. What does not meet it ends at the router.
     */
    public Condition forwarded() {
        return Condition.all(
                new Condition.In(Field.HOP_LIMIT, ValueSet.of(Field.HOP_LIMIT.bits(), Range.of(2, 255))),
                new Condition.In(Field.SOURCE, Addressing.forwardedFrom(question.family())),
                new Condition.In(Field.DESTINATION, Addressing.forwardedTo(question.family())));
    }

    /** The numbers of the interfaces that lead outside. */
    public ValueSet outside() {
        ValueSet found = Field.OUT_INTERFACE.none();
        for (String name : question.house().outside()) {
            found = found.union(Field.OUT_INTERFACE.only(interfaces.number(name)));
        }
        return found;
    }

    /**
     * What may reach the router without being a way out: DHCP, and ICMP, which no service of a router relays. (Echo and
     * neighbour discovery are ICMP.) Group membership (IGMP) neither, nor a later fragment: it comes to something only
     * where the first one of its packet is let in, too, which is a packet of its own here.
     */
    public static Condition harmlessAtRouter() {
        ValueSet harmlessProtocols =
                ValueSet.ofAll(Field.PROTOCOL.bits(), List.of(Range.of(1, 1), Range.of(2, 2), Range.of(58, 58)));
        ValueSet dhcp = ValueSet.ofAll(Field.DESTINATION_PORT.bits(), List.of(Range.of(67, 68), Range.of(546, 547)));
        return Condition.any(
                new Condition.In(Field.PROTOCOL, harmlessProtocols),
                Condition.in(Field.LATER_FRAGMENT, 1),
                Condition.all(Condition.in(Field.PROTOCOL, 17), new Condition.In(Field.DESTINATION_PORT, dhcp)));
    }

    private ValueSet broadcasts(Family family) {
        if (family == Family.IPV6) {
            return Field.DESTINATION.none();
        }
        List<Range> directed = question.house().inside().stream()
                .flatMap(leg -> leg.prefixes().stream())
                .filter(prefix -> prefix.family() == family && prefix.length() < 31)
                .map(prefix -> AddressSets.range(prefix).last())
                .map(last -> new Range(last, last))
                .toList();
        return Addressing.broadcast(family).union(ValueSet.ofAll(AddressSets.BITS, directed));
    }

    private static ValueSet extensions(Family family) {
        return family == Family.IPV4
                ? Field.EXTENSION.only(Field.NO_EXTENSION)
                : ValueSet.of(Field.EXTENSION.bits(), Range.of(0, Field.NO_EXTENSION));
    }
}
