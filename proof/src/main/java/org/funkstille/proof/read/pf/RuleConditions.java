package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** What a rule as a whole asks of a packet, in one direction. */
final class RuleConditions {

    /** TCP, UDP and SCTP; pf takes ports for no other protocol. */
    private static final ValueSet WITH_PORTS =
            ValueSet.ofAll(Field.PROTOCOL.bits(), List.of(Range.of(6, 6), Range.of(17, 17), Range.of(132, 132)));

    private final InterfaceConditions interfaces;
    private final HostConditions hosts;
    private final Field interfaceField;

    RuleConditions(Networks networks, Tables tables, boolean out) {
        this.interfaces = new InterfaceConditions(networks.house());
        this.hosts = new HostConditions(networks, tables, out);
        this.interfaceField = out ? Field.OUT_INTERFACE : Field.IN_INTERFACE;
    }

    Condition of(RuleSyntax.Match match) {
        Set<Family> families = match.family().map(Set::of).orElse(EnumSet.allOf(Family.class));
        List<Condition> all = new ArrayList<>();
        add(all, interfaces.any(match.interfaces(), interfaceField));
        match.family().ifPresent(family -> add(all, family(family)));
        add(all, protocols(match));
        add(all, hosts.any(match.from().hosts(), Field.SOURCE, families));
        add(all, ports(match.from().ports(), Field.SOURCE_PORT));
        add(all, hosts.any(match.to().hosts(), Field.DESTINATION, families));
        add(all, ports(match.to().ports(), Field.DESTINATION_PORT));
        add(all, interfaces.any(match.receivedOn(), Field.IN_INTERFACE));
        match.conditions().forEach(condition -> add(all, condition));
        return Condition.all(all);
    }

    static Condition family(Family family) {
        return Condition.in(Field.FAMILY, AddressSets.number(family));
    }

    /**
     * pfctl takes the family of a literal gateway for that of a rule which names none; that later versions do too is not
     * sure, so the other family is taken both ways.
     */
    static Condition routed(RuleSyntax rule) {
        Optional<RuleSyntax.Route> route = rule.route();
        RuleSyntax.Match match = rule.match();
        boolean told = match.family().isPresent() || tellsFamily(match.from()) || tellsFamily(match.to());
        if (route.isEmpty() || told) {
            return Condition.ALWAYS;
        }
        List<Family> families = route.get().hops().stream()
                .flatMap(hop -> hop.family().stream())
                .distinct()
                .toList();
        return families.size() != 1
                ? Condition.ALWAYS
                : Condition.any(
                        family(families.getFirst()),
                        new Condition.Unknown(
                                "the other family in a rule with " + route.get().text()));
    }

    private static boolean tellsFamily(RuleSyntax.Peer peer) {
        return !peer.hosts().isEmpty()
                && peer.hosts().stream().allMatch(entry -> entry.host() instanceof Host.Addresses);
    }

    private static void add(List<Condition> conditions, Condition condition) {
        if (!condition.equals(Condition.ALWAYS)) {
            conditions.add(condition);
        }
    }

    private static Condition protocols(RuleSyntax.Match match) {
        ValueSet numbers = match.protocols().numbers();
        boolean ports = !match.from().ports().isAny() || !match.to().ports().isAny();
        return orUnknown(
                Condition.in(Field.PROTOCOL, ports ? numbers.intersect(WITH_PORTS) : numbers),
                match.protocols().unknown(),
                "proto ");
    }

    private static Condition ports(Ports ports, Field field) {
        return ports.isAny()
                ? Condition.ALWAYS
                : Condition.all(
                        Condition.in(Field.LATER_FRAGMENT, 0),
                        orUnknown(Condition.in(field, ports.numbers()), ports.unknown(), "port "));
    }

    private static Condition orUnknown(Condition known, List<String> unknown, String kind) {
        List<Condition> either = new ArrayList<>();
        either.add(known);
        unknown.forEach(name -> either.add(new Condition.Unknown(kind + name)));
        return Condition.any(either);
    }
}
