package org.funkstille.proof.prover;

import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Answer.Witness;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.simulate.Course;
import org.funkstille.proof.simulate.Outcome;
import org.funkstille.proof.simulate.Stage;

/** A packet that gets out, as people are shown it. */
record Shown(Witness witness, Source rule, List<String> path, String sentence) {

    static Shown of(Search.Finding.Leak leak, House house) {
        Course course = leak.course();
        Packet sent = course.sent();
        Interfaces interfaces = new Interfaces(house.interfaces());
        Optional<String> out = course.outcome() == Outcome.ROUTER
                ? Optional.empty()
                : course.last().get(Field.OUT_INTERFACE).first().map(number -> interfaces.name(number.low()));
        Witness witness = new Witness(sent, leak.question().interfaceName(), out);
        Source rule = deciding(course);
        String sentence = packet(sent) + (out.isPresent() ? " leaves by " + out.get() : " reaches the router itself")
                + ": " + rule;
        return new Shown(witness, rule, course.path(), sentence);
    }

    /**
     * The rule to look at: what lets the packet into or through the router. In Linux that is the last rule that decided at
     * forward or input, in pf the rule on the way in.
     */
    private static Source deciding(Course course) {
        Optional<Rule> filter = course.stages().stream()
                .filter(stage ->
                        stage.base().hook() == Hook.FORWARD || stage.base().hook() == Hook.INPUT)
                .flatMap(stage -> stage.rule().stream())
                .reduce((_, last) -> last);
        Optional<Rule> incoming = course.stages().stream()
                .filter(stage -> stage.base().hook() == Hook.PREROUTING)
                .flatMap(stage -> stage.rule().stream())
                .reduce((_, last) -> last);
        boolean filtersLater = course.stages().stream()
                .anyMatch(stage ->
                        stage.base().hook() == Hook.FORWARD || stage.base().hook() == Hook.INPUT);
        Optional<Source> policy = course.stages().stream()
                .filter(stage -> stage.rule().isEmpty() && !stage.base().translation())
                .map(Stage::base)
                .map(base -> base.source())
                .reduce((_, last) -> last);
        return filter.map(Rule::source)
                .or(() -> filtersLater ? Optional.empty() : incoming.map(Rule::source))
                .or(() -> policy)
                .orElse(new Source("", "no rule", ""));
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

    private static String text(Value value, Family family) {
        return Addresses.text(AddressSets.address(value, family));
    }
}
