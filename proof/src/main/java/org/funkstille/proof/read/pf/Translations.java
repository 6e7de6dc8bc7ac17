package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** What a translation makes of a packet. */
final class Translations {

    /** pf.conf(5): where a rule names none, source ports become one of these. */
    private static final Range PROXY_PORTS = Range.of(50001, 65535);

    private static final ValueSet LOOPBACK4 = ValueSet.of(AddressSets.BITS, Range.of(0x7f000000L, 0x7fffffffL));
    private static final ValueSet LOOPBACK6 = ValueSet.of(AddressSets.BITS, 1);

    private final Networks networks;
    private final Tables tables;

    Translations(Networks networks, Tables tables) {
        this.networks = networks;
        this.tables = tables;
    }

    /** Whose address a new destination is. */
    enum Owner {
        ROUTER,
        OTHER,
        EITHER
    }

    /**
     * Where the packets go of one family.
     *
     * @param addresses empty: nothing of this family
     */
    record Target(ValueSet addresses, Owner owner) {}

    /** Nothing where it cannot be told. */
    Optional<Target> target(RuleSyntax.Redirection redirection, Family family) {
        ValueSet addresses = ValueSet.none(AddressSets.BITS);
        boolean all = true;
        for (Host.Entry entry : redirection.targets()) {
            Optional<ValueSet> found = entry.negated() ? Optional.empty() : addresses(entry.host(), family);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            addresses = addresses.union(found.get());
            all &= entry.host() instanceof Host.OfInterface || entry.host() instanceof Host.Self;
        }
        ValueSet loopback = family == Family.IPV4 ? LOOPBACK4 : LOOPBACK6;
        if (all || loopback.containsAll(addresses)) {
            return Optional.of(new Target(addresses, Owner.ROUTER));
        }
        ValueSet around = networks.house().router(family).union(outsideNetworks(family));
        boolean far = !addresses.overlaps(around) && !addresses.overlaps(loopback);
        return Optional.of(new Target(addresses, far ? Owner.OTHER : Owner.EITHER));
    }

    private ValueSet outsideNetworks(Family family) {
        ValueSet found = ValueSet.none(AddressSets.BITS);
        for (String name : networks.house().outside()) {
            found = found.union(networks.of(name, family));
        }
        return found;
    }

    private Optional<ValueSet> addresses(Host host, Family family) {
        return switch (host) {
            case Host.Addresses(Net net) ->
                Optional.of(AddressPair.of(List.of(net)).of(family));
            case Host.Table(String name) -> tables.content(name).map(content -> content.of(family));
            case Host.OfInterface named -> Optional.of(ofInterface(named, family));
            case Host.Self() -> Optional.of(outsideHouse(family));
            case Host.Anywhere _, Host.NoRoute _, Host.RouteElsewhere _, Host.Unclear _ -> Optional.empty();
        };
    }

    private ValueSet ofInterface(Host.OfInterface named, Family family) {
        ValueSet known = networks.of(named.name(), family);
        return known.isEmpty() ? outsideHouse(family) : known;
    }

    private ValueSet outsideHouse(Family family) {
        return Addressing.unicast(family).minus(networks.house().addresses(family));
    }

    /** A source is replaced, and its port unless that is to stay. */
    List<Effect> source(RuleSyntax.Redirection redirection, ValueSet addresses, boolean ports) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Assign(Field.SOURCE, addresses));
        if (ports && !redirection.staticPort()) {
            Range range = redirection.first() < 0
                    ? PROXY_PORTS
                    : Range.of(redirection.first(), Math.max(redirection.first(), redirection.last()));
            effects.add(new Effect.Assign(Field.SOURCE_PORT, ValueSet.of(Field.SOURCE_PORT.bits(), range)));
        }
        return effects;
    }

    /** A destination is replaced, and its port where the rule names one and it is not the same as before. */
    List<Effect> destination(RuleSyntax rule, RuleSyntax.Redirection redirection, ValueSet addresses, Owner owner) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Assign(Field.DESTINATION, addresses));
        effects.add(new Effect.Assign(
                Field.DESTINATION_TYPE,
                Field.DESTINATION_TYPE.only(owner == Owner.ROUTER ? Field.TYPE_LOCAL : Field.TYPE_UNICAST)));
        ValueSet asked = rule.match().to().ports().numbers();
        if (redirection.first() >= 0) {
            ValueSet becomes = ports(redirection, asked);
            if (!becomes.equals(asked)) {
                effects.add(new Effect.Assign(Field.DESTINATION_PORT, becomes));
            }
        }
        return effects;
    }

    /** pf.conf(5): {@code 2000:2999 -> 4000:*} keeps the distance from the first port of the range. */
    private static ValueSet ports(RuleSyntax.Redirection redirection, ValueSet asked) {
        int first = redirection.first();
        int last = redirection.last();
        if (last < 0) {
            long length = asked.rangeCount() == 1
                    ? asked.ranges().getFirst().last().low()
                            - asked.ranges().getFirst().first().low()
                    : 65535;
            last = (int) Math.min(65535, first + length);
        }
        return ValueSet.of(Field.DESTINATION_PORT.bits(), Range.of(first, Math.max(first, last)));
    }

    /**
     * Translation in a filter rule, as OpenBSD has it. There it also counts for rules behind this one, which the neutral
     * form does not know; so a match rule is unclear.
     */
    List<Effect> inFilter(RuleSyntax rule, RuleSyntax.Redirection redirection, boolean out) {
        Optional<Family> family = family(rule, redirection);
        boolean source = redirection.keyword().equals("nat-to");
        boolean known = source ? out : !out && redirection.keyword().equals("rdr-to");
        Optional<Target> target = family.flatMap(one -> target(redirection, one));
        if (!known
                || target.isEmpty()
                || (target.get().owner() == Owner.EITHER && !source)
                || rule.verb() != RuleSyntax.Verb.PASS) {
            return List.of(new Effect.Unclear(redirection.text()));
        }
        ValueSet addresses = target.get().addresses();
        return source
                ? source(redirection, addresses, true)
                : destination(rule, redirection, addresses, target.get().owner());
    }

    /** The family of a rule: as it says, or as its target has it. */
    static Optional<Family> family(RuleSyntax rule, RuleSyntax.Redirection redirection) {
        if (rule.match().family().isPresent()) {
            return rule.match().family();
        }
        List<Family> families = redirection.targets().stream()
                .map(entry -> entry.host() instanceof Host.Addresses(Net net)
                        ? Optional.of(net.family())
                        : Optional.<Family>empty())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return families.size() == 1 ? Optional.of(families.getFirst()) : Optional.empty();
    }
}
