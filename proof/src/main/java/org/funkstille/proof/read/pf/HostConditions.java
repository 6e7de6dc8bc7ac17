package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.sets.ValueSet;

/** What the hosts of a rule ask of a packet. */
final class HostConditions {

    private final Networks networks;
    private final Tables tables;
    private final boolean out;

    /** @param out true for rules of the chain {@code out}, which see translated sources */
    HostConditions(Networks networks, Tables tables, boolean out) {
        this.networks = networks;
        this.tables = tables;
        this.out = out;
    }

    /**
     * pf makes a rule of each entry of a list, so the entries are alternatives; negated ones as well, and {@code { !a !b
     * }} is nearly everything.
     */
    Condition any(List<Host.Entry> entries, Field field, Set<Family> families) {
        if (entries.isEmpty()) {
            return Condition.ALWAYS;
        }
        List<Net> plain = new ArrayList<>();
        List<Condition> alternatives = new ArrayList<>();
        for (Host.Entry entry : entries) {
            if (!entry.negated() && entry.host() instanceof Host.Addresses(Net net)) {
                plain.add(net);
            } else {
                alternatives.add(one(entry, field, families));
            }
        }
        if (!plain.isEmpty()) {
            alternatives.addFirst(AddressPair.of(plain).holds(field, families));
        }
        return Condition.any(alternatives);
    }

    private Condition one(Host.Entry entry, Field field, Set<Family> families) {
        if (entry.host() instanceof Host.Addresses(Net net)) {
            // A literal address makes the rule one of its family, negated or not.
            ValueSet set = AddressPair.of(List.of(net)).of(net.family());
            Condition inside = Condition.in(field, set);
            return Condition.all(
                    Condition.in(Field.FAMILY, AddressSets.number(net.family())),
                    entry.negated() ? Condition.not(inside) : inside);
        }
        Condition condition = positive(entry.host(), field, families);
        return entry.negated() ? Condition.not(condition) : condition;
    }

    private Condition positive(Host host, Field field, Set<Family> families) {
        return switch (host) {
            case Host.Anywhere() -> Condition.ALWAYS;
            case Host.Addresses(Net net) -> AddressPair.of(List.of(net)).holds(field, families);
            case Host.Table(String name) -> table(name, field, families);
            case Host.Self() -> field == Field.DESTINATION ? local() : routerAsSource(Optional.empty(), families);
            case Host.OfInterface named -> ofInterface(named, field, families);
            case Host.NoRoute() ->
                field == Field.DESTINATION
                        ? Condition.in(Field.DESTINATION_TYPE, Field.TYPE_OTHER)
                        : new Condition.Unknown("no-route");
            case Host.RouteElsewhere() ->
                Condition.all(Condition.not(routeBack(families)), new Condition.Unknown("urpf-failed"));
            case Host.Unclear(String text) -> new Condition.Unknown("the addresses of " + text);
        };
    }

    private Condition table(String name, Field field, Set<Family> families) {
        return tables.content(name)
                .map(content -> content.holds(field, families))
                .orElseGet(() -> new Condition.Unknown("the content of table <" + name + "> was not given"));
    }

    private static Condition local() {
        return Condition.in(Field.DESTINATION_TYPE, Field.TYPE_LOCAL);
    }

    private Condition ofInterface(Host.OfInterface named, Field field, Set<Family> families) {
        boolean known = networks.isInside(named.name()) || networks.isOutside(named.name());
        if (!named.certain() && !known) {
            return new Condition.Unknown("the addresses of " + named.name());
        }
        if (named.has("network")) {
            return networksOf(named.name(), field, families);
        }
        if (named.has("broadcast")) {
            return broadcast(named.name(), field);
        }
        if (named.has("peer")) {
            return new Condition.Unknown("the address at the other end of " + named.name());
        }
        return field == Field.DESTINATION
                ? addressAsDestination(named, families)
                : routerAsSource(Optional.of(named.name()), families);
    }

    /** Without link-local addresses, which pf leaves out here. */
    private Condition networksOf(String name, Field field, Set<Family> families) {
        List<Condition> either = new ArrayList<>();
        Condition unknown = new Condition.Unknown("the networks of " + name);
        for (Family family : families) {
            ValueSet known = networks.of(name, family);
            ValueSet possible = Addressing.unicast(family).minus(Addressing.linkLocal(family));
            either.add(
                    known.isEmpty()
                            ? Condition.all(AddressSets.in(field, family, elsewhere(name, family, possible)), unknown)
                            : AddressSets.in(field, family, known));
        }
        return Condition.any(either);
    }

    /** Less what is known to be the network of other interfaces. */
    private ValueSet elsewhere(String name, Family family, ValueSet addresses) {
        ValueSet rest = addresses;
        for (House.Leg leg : networks.house().inside()) {
            if (!leg.interfaceName().equals(name)) {
                rest = rest.minus(networks.of(leg.interfaceName(), family));
            }
        }
        return rest;
    }

    private Condition broadcast(String name, Field field) {
        ValueSet last = ValueSet.none(AddressSets.BITS);
        for (var prefix : networks.prefixes(name)) {
            if (prefix.family() == Family.IPV4) {
                var range = AddressSets.range(prefix);
                last = last.union(ValueSet.of(AddressSets.BITS, range.last()));
            }
        }
        return last.isEmpty()
                ? new Condition.Unknown("the broadcast address of " + name)
                : AddressSets.in(field, Family.IPV4, last);
    }

    /**
     * The router's own address lies in the interface's networks. That of an outside interface may lie elsewhere too, and
     * which of the remaining ones it is cannot be known.
     */
    private Condition addressAsDestination(Host.OfInterface named, Set<Family> families) {
        List<Condition> either = new ArrayList<>();
        Condition unknown = new Condition.Unknown("the address of " + named.name());
        for (Family family : families) {
            ValueSet known = networks.of(named.name(), family);
            if (!known.isEmpty()) {
                either.add(Condition.all(local(), AddressSets.in(Field.DESTINATION, family, known)));
            }
            if (known.isEmpty() || networks.isOutside(named.name())) {
                ValueSet possible = elsewhere(named.name(), family, Addressing.unicast(family))
                        .minus(known)
                        .minus(Addressing.linkLocal(family));
                either.add(Condition.all(local(), AddressSets.in(Field.DESTINATION, family, possible), unknown));
            }
        }
        if (!named.has("0") && families.contains(Family.IPV6)) {
            Condition linkLocal = AddressSets.in(Field.DESTINATION, Family.IPV6, Addressing.linkLocal(Family.IPV6));
            Condition here = new Condition.InterfaceIs(Field.IN_INTERFACE, named.name(), false);
            either.add(Condition.all(local(), linkLocal, Condition.any(here, unknown)));
        }
        return Condition.any(either);
    }

    /**
     * The router's own address as a source: of no packet that comes in. Going out, a source may have been translated to
     * one; it is then outside of the house's networks.
     */
    private Condition routerAsSource(Optional<String> interfaceName, Set<Family> families) {
        boolean inside = interfaceName.isPresent() && networks.isInside(interfaceName.get());
        if (!out || inside) {
            return Condition.NEVER;
        }
        String what = interfaceName.map(name -> "the address of " + name).orElse("the addresses of the router");
        List<Condition> either = new ArrayList<>();
        for (Family family : families) {
            ValueSet known = interfaceName
                    .map(name -> networks.of(name, family))
                    .orElseGet(() -> ValueSet.none(AddressSets.BITS));
            ValueSet outside = Addressing.unicast(family).minus(networks.house().addresses(family));
            either.add(AddressSets.in(Field.SOURCE, family, known.isEmpty() ? outside : known));
        }
        return Condition.all(Condition.any(either), new Condition.Unknown(what));
    }

    /** The packet came in by the interface that its source belongs to. */
    private Condition routeBack(Set<Family> families) {
        List<Condition> legs = new ArrayList<>();
        for (House.Leg leg : networks.house().inside()) {
            for (Family family : families) {
                ValueSet known = networks.of(leg.interfaceName(), family);
                if (!known.isEmpty()) {
                    legs.add(Condition.all(
                            new Condition.InterfaceIs(Field.IN_INTERFACE, leg.interfaceName(), false),
                            AddressSets.in(Field.SOURCE, family, known)));
                }
            }
        }
        return Condition.any(legs);
    }
}
