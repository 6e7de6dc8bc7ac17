package org.funkstille.proof.prover;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Rule.Origin;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.prover.Residual.Kind;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Closes residual ways in a rule set, to see what is left without them. */
final class ResidualWays {

    /** RFC 4443 errors (1 to 4) and neighbour solicitation and advertisement (RFC 4861), as pf's own rules pass them. */
    private static final Box ERRORS = Box.all()
            .with(Field.FAMILY, Field.IPV6)
            .with(Field.PROTOCOL, 58)
            .with(Field.ICMP_TYPE, ValueSet.ofAll(Field.ICMP_TYPE.bits(), List.of(Range.of(1, 4), Range.of(135, 136))));

    /** To the router itself. Its rules do not always say so; to a group or to all no TCP is served anyway. */
    private static final Box ADMINISTRATION = Box.all()
            .with(
                    Field.DESTINATION_TYPE,
                    ValueSet.of(Field.DESTINATION_TYPE.bits(), Range.of(Field.TYPE_LOCAL, Field.TYPE_MULTICAST)))
            .with(Field.PROTOCOL, 6);

    private ResidualWays() {}

    /** The kinds that rules of the system itself open here. */
    static Set<Kind> in(RuleSet rules) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Chain chain : rules.chains().values()) {
            for (Rule rule : chain.rules()) {
                if (rule.action() instanceof Action.Accept) {
                    switch (rule.origin()) {
                        case SYSTEM -> kinds.add(Kind.ICMPV6_ERRORS);
                        case ADMINISTRATION -> kinds.add(Kind.ROUTER_ADMIN);
                        case OWNER -> {}
                    }
                }
            }
        }
        return kinds;
    }

    /** Those packets of the box that may go a residual way of this kind. */
    static Box part(Kind kind, Box box) {
        return switch (kind) {
            case ICMPV6_ERRORS -> box.intersect(ERRORS);
            case ROUTER_ADMIN -> box.intersect(ADMINISTRATION);
            case ANSWERS_TO_INBOUND -> box;
        };
    }

    static boolean mayBe(Kind kind, Box box) {
        return !part(kind, box).isEmpty();
    }

    private static Condition condition(Box box) {
        List<Condition> parts = new ArrayList<>();
        for (Field field : Field.values()) {
            if (!box.get(field).isAll()) {
                parts.add(new Condition.In(field, box.get(field)));
            }
        }
        return Condition.all(parts);
    }

    /** The same rule set, with packets dropped that go a residual way of these kinds. */
    static RuleSet closed(RuleSet rules, Set<Kind> kinds) {
        Map<String, Chain> chains = new HashMap<>();
        rules.chains().forEach((name, chain) -> chains.put(name, closed(chain, kinds)));
        return new RuleSet(rules.platform(), rules.bases(), chains, rules.assumptions());
    }

    private static Chain closed(Chain chain, Set<Kind> kinds) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : chain.rules()) {
            if (rule.action() instanceof Action.Accept) {
                if (rule.origin() == Origin.SYSTEM && kinds.contains(Kind.ICMPV6_ERRORS)) {
                    rules.add(dropping(rule, ERRORS));
                    rules.add(narrowed(rule, ERRORS));
                    continue;
                }
                if (rule.origin() == Origin.ADMINISTRATION && kinds.contains(Kind.ROUTER_ADMIN)) {
                    rules.add(dropping(rule, ADMINISTRATION));
                    rules.add(narrowed(rule, ADMINISTRATION));
                    continue;
                }
            }
            rules.add(rule);
        }
        return new Chain(chain.name(), rules);
    }

    private static Rule dropping(Rule rule, Box way) {
        return new Rule(
                Condition.all(rule.condition(), condition(way)),
                List.of(),
                Action.DROP,
                rule.quick(),
                rule.origin(),
                rule.source());
    }

    private static Rule narrowed(Rule rule, Box way) {
        return new Rule(
                Condition.all(rule.condition(), Condition.not(condition(way))),
                rule.effects(),
                rule.action(),
                rule.quick(),
                rule.origin(),
                rule.source());
    }
}
