package org.funkstille.lab.kernelproof;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.simulate.Course;
import org.funkstille.proof.simulate.Outcome;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;

/** What the proof says of single packets and one rule set. */
final class Claims {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Map<Family, Simulator> simulators = new EnumMap<>(Family.class);
    private final Map<Family, Space> spaces = new EnumMap<>(Family.class);

    /** With choices the proof speaks of what the sender can bring about, not of one very packet. */
    private final boolean choices;

    Claims(RuleSet rules) {
        choices = rules.chains().values().stream()
                .flatMap(chain -> chain.rules().stream())
                .anyMatch(rule -> rule.condition().toString().contains("Choice["));
        for (Family family : Family.values()) {
            Question question = new Question(
                    Rig.DEVICE_SIDE, Field.ETHER_SOURCE.all(), family, AddressSets.all(family), Rig.HOUSE, true, NOW);
            simulators.put(family, new Simulator(rules, question));
            spaces.put(family, new Space(question, rules.platform()));
        }
    }

    /** Where a packet may end. */
    enum End {
        OUTSIDE,
        ROUTER,
        NEITHER
    }

    /**
     * @param ends all that the proof takes for possible
     * @param course one of them
     */
    record Claim(List<End> ends, String course, Set<String> unknowns) {

        boolean isCertain() {
            return ends.size() == 1;
        }
    }

    Claim of(Sample sample) {
        Family family = sample.draft().six() ? Family.IPV6 : Family.IPV4;
        Packet packet = sample.packet();
        if (requireNonNull(spaces.get(family)).sent().stream().noneMatch(box -> box.contains(packet))) {
            return new Claim(List.of(End.NEITHER), "not among the packets that are asked about", Set.of());
        }
        Simulator simulator = requireNonNull(simulators.get(family));
        Course course = simulator.course(packet, List.of());
        if (course.decisions().isEmpty()) {
            return new Claim(List.of(end(course)), text(course), Set.of());
        }
        Verdict verdict = simulator.verdict(packet);
        String text = verdict.escape() + " " + verdict.unknowns() + " "
                + verdict.example().map(Claims::text).orElse("");
        return switch (verdict.escape()) {
            // What ends at the router without harm is no escape.
            case NEVER -> new Claim(List.of(End.NEITHER, End.ROUTER), text, verdict.unknowns());
            case SURELY ->
                new Claim(choices ? List.of(End.values()) : List.of(End.OUTSIDE, End.ROUTER), text, verdict.unknowns());
            case POSSIBLY -> new Claim(List.of(End.values()), text, verdict.unknowns());
        };
    }

    private static End end(Course course) {
        return switch (course.outcome()) {
            case OUTSIDE -> End.OUTSIDE;
            case ROUTER -> End.ROUTER;
            case GONE -> End.NEITHER;
            case STAYED ->
                // ICMP and DHCP reach the router and are no escape; anything else that stays is for another host.
                course.last().get(Field.DESTINATION_TYPE).contains(Field.TYPE_UNICAST) ? End.NEITHER : End.ROUTER;
        };
    }

    private static String text(Course course) {
        String rules = String.join(
                " / ", course.rules().stream().map(rule -> rule.source().text()).toList());
        return course.outcome() + " by " + course.path() + " " + rules
                + (course.outcome() == Outcome.GONE ? "" : " as " + course.last());
    }
}
