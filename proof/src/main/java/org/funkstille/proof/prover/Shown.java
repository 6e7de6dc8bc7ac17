package org.funkstille.proof.prover;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Answer.Witness;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Course;
import org.funkstille.proof.simulate.Outcome;
import org.funkstille.proof.simulate.Stage;

/**
 * A packet that gets out, as people are shown it.
 *
 * @param rule what lets it pass, in the router's own words
 * @param change the rule that its owner would have to change
 */
record Shown(Witness witness, Source rule, Source change, List<String> path, String sentence) {

    static Shown of(Search.Finding.Leak leak, House house) {
        Course course = leak.course();
        Packet sent = course.sent();
        Interfaces interfaces = new Interfaces(house.interfaces());
        Optional<String> out = course.outcome() == Outcome.ROUTER
                ? Optional.empty()
                : course.last().get(Field.OUT_INTERFACE).first().map(number -> interfaces.name(number.low()));
        Witness witness = new Witness(sent, leak.question().interfaceName(), out);
        Optional<Stage> decisive = decisive(course);
        Source none = new Source("", "no rule", "");
        Source rule = decisive.map(Shown::told).orElse(none);
        String sentence = packet(sent) + (out.isPresent() ? " leaves by " + out.get() : " reaches the router itself")
                + ": " + rule;
        return new Shown(witness, rule, decisive.map(Shown::changeable).orElse(none), path(course), sentence);
    }

    /**
     * The stage to look at: where the packet is let into or through the router. In Linux that is the last one at forward
     * or input in which a rule decided, in pf the one on the way in.
     */
    private static Optional<Stage> decisive(Course course) {
        List<Stage> filters = course.stages().stream()
                .filter(stage ->
                        stage.base().hook() == Hook.FORWARD || stage.base().hook() == Hook.INPUT)
                .toList();
        List<Stage> looked = filters.isEmpty()
                ? course.stages().stream()
                        .filter(stage -> stage.base().hook() == Hook.PREROUTING
                                && !stage.base().translation())
                        .toList()
                : filters;
        return looked.stream()
                .filter(stage -> stage.rule().isPresent())
                .reduce((_, last) -> last)
                .or(() -> looked.stream().reduce((_, last) -> last));
    }

    /** The rule that its owner would have to change: the one that decides, or the jump that leads to it. */
    private static Source changeable(Stage stage) {
        return stage.rule().isEmpty()
                ? stage.base().source()
                : stage.jumps().isEmpty()
                        ? stage.rule().get().source()
                        : stage.jumps().getLast().source();
    }

    /** The rule in the router's own words, and where it jumps, the one that it comes to. */
    private static Source told(Stage stage) {
        Source source = changeable(stage);
        return stage.jumps().isEmpty() || stage.rule().isEmpty()
                ? source
                : new Source(source.place(), source + " > " + stage.rule().get().source(), "");
    }

    /** Chains that a person knows: those that readers made up to hold parts of a rule are left out. */
    private static List<String> path(Course course) {
        return course.path().stream().filter(name -> !name.contains(" part ")).toList();
    }

    /** {@code tcp from 192.168.1.50 port 49152 to 198.51.100.10 port 443}. */
    static String packet(Packet packet) {
        Family family = packet.number(Field.FAMILY) == Field.IPV4 ? Family.IPV4 : Family.IPV6;
        Protocol protocol = new Protocol((int) packet.number(Field.PROTOCOL));
        StringBuilder text = new StringBuilder();
        text.append(protocol);
        boolean icmp = protocol.equals(Protocol.ICMP) || protocol.equals(Protocol.ICMPV6);
        if (icmp) {
            text.append(" type ").append(packet.number(Field.ICMP_TYPE));
        }
        boolean ports = protocol.hasPorts() && packet.number(Field.LATER_FRAGMENT) == 0;
        text.append(packet.number(Field.LATER_FRAGMENT) == 1 ? ", a later fragment," : "");
        text.append(" from ").append(text(packet.get(Field.SOURCE), family));
        if (ports) {
            text.append(" port ").append(packet.number(Field.SOURCE_PORT));
        }
        text.append(" to ").append(text(packet.get(Field.DESTINATION), family));
        if (ports) {
            text.append(" port ").append(packet.number(Field.DESTINATION_PORT));
        }
        if (packet.number(Field.STATE) == Field.STATE_INVALID) {
            text.append(" (of no valid flow)");
        }
        return text.toString();
    }

    /** {@code tcp to 198.51.100.10 port 443}; several numbers as ranges. */
    static String destination(Box box, Family family) {
        String protocols = box.get(Field.PROTOCOL).isAll()
                ? "any protocol"
                : ranges(box.get(Field.PROTOCOL), value -> new Protocol((int) value.low()).toString());
        String ports = box.get(Field.DESTINATION_PORT).isAll()
                ? ""
                : " port " + ranges(box.get(Field.DESTINATION_PORT), Value::toString);
        return protocols + " to " + ranges(box.get(Field.DESTINATION), value -> text(value, family)) + ports;
    }

    private static String ranges(ValueSet set, Function<Value, String> words) {
        return set.ranges().stream()
                .map(range -> range.first().equals(range.last())
                        ? words.apply(range.first())
                        : words.apply(range.first()) + "-" + words.apply(range.last()))
                .collect(Collectors.joining(", "));
    }

    private static String text(Value value, Family family) {
        return Addresses.text(AddressSets.address(value, family));
    }
}
