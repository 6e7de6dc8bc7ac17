package org.funkstille.proof.prover;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Rule.Origin;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Prover.Rigour;
import org.funkstille.proof.read.RuleSetReading;

/** A Linux router with one network of things, rules made by hand, and a camera in that network. */
final class Router {

    static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    static final Mac CAMERA = Mac.parse("02:00:00:00:00:10");
    static final InetAddress ADDRESS = Addresses.tryParse("192.168.2.10").orElseThrow();

    private static final House HOUSE = new House(
            List.of(new House.Leg(
                    "things", "br-iot", List.of(Prefix.parse("192.168.2.0/24"), Prefix.parse("2001:db8:2::/64")))),
            List.of("wan"));

    private final List<BaseChain> bases = new ArrayList<>();
    private final Map<String, Chain> chains = new HashMap<>();
    private Rigour rigour = new Rigour(false, true);
    private boolean ipv6;

    /** A base chain of the hook's name; what no rule decides on is dropped. */
    Router dropping(Hook hook, Rule... rules) {
        return base(hook, false, Action.DROP, rules);
    }

    /** A base chain of the hook's name; what no rule decides on passes. */
    Router accepting(Hook hook, Rule... rules) {
        return base(hook, false, Action.ACCEPT, rules);
    }

    Router base(Hook hook, boolean translation, Action policy, Rule... rules) {
        String name = hook + " " + bases.size();
        Source source = new Source("rules", "policy of " + name, "");
        bases.add(new BaseChain(name, hook, 0, translation, Matching.FIRST, Condition.ALWAYS, policy, source));
        return chain(name, rules);
    }

    Router chain(String name, Rule... rules) {
        chains.put(name, new Chain(name, List.of(rules)));
        return this;
    }

    Router strict() {
        rigour = new Rigour(true, rigour.services());
        return this;
    }

    Router withoutServices() {
        rigour = new Rigour(rigour.strict(), false);
        return this;
    }

    Router withIpv6() {
        ipv6 = true;
        return this;
    }

    Prover prover() {
        RuleSet rules = new RuleSet(Platform.NETFILTER, bases, chains, List.of());
        return new Prover(new RuleSetReading(rules, HOUSE, ipv6), AT, rigour);
    }

    Answer prove(Policy policy) {
        return prover().prove(camera(policy));
    }

    Answer prove() {
        return prove(silent());
    }

    static Policy silent() {
        return new Policy.Silent(org.funkstille.core.model.Answer.REJECT);
    }

    static Subject camera(Policy policy) {
        return new Subject("camera", "br-iot", List.of(CAMERA), List.of(ADDRESS), policy);
    }

    static Subject thing(int number) {
        return new Subject(
                "thing " + number,
                "br-iot",
                List.of(new Mac(CAMERA.bits() + number)),
                List.of(Addresses.tryParse("192.168.2." + (10 + number)).orElseThrow()),
                silent());
    }

    static Rule rule(String text, Condition condition, Action action, Effect... effects) {
        return rule(Origin.OWNER, text, condition, action, effects);
    }

    static Rule rule(Origin origin, String text, Condition condition, Action action, Effect... effects) {
        return new Rule(condition, List.of(effects), action, false, origin, new Source("rules:1", text, ""));
    }

    static Condition fromCamera() {
        return Condition.in(Field.ETHER_SOURCE, CAMERA.bits());
    }

    static Condition to(String prefix) {
        Prefix parsed = Prefix.parse(prefix);
        return AddressSets.in(Field.DESTINATION, parsed.family(), AddressSets.of(parsed));
    }

    static Condition sentFrom(String prefix) {
        Prefix parsed = Prefix.parse(prefix);
        return AddressSets.in(Field.SOURCE, parsed.family(), AddressSets.of(parsed));
    }

    static Condition port(int protocol, int port) {
        return Condition.all(
                Condition.in(Field.PROTOCOL, protocol),
                Condition.in(Field.LATER_FRAGMENT, 0),
                Condition.in(Field.DESTINATION_PORT, port));
    }

    static Condition comesBy(String name) {
        return new Condition.InterfaceIs(Field.IN_INTERFACE, name, false);
    }

    static Condition leavesBy(String name) {
        return new Condition.InterfaceIs(Field.OUT_INTERFACE, name, false);
    }

    static Condition state(long... states) {
        var set = Field.STATE.none();
        for (long state : states) {
            set = set.union(Field.STATE.only(state));
        }
        return Condition.in(Field.STATE, set);
    }

    static Optional<InetAddress> address(String text) {
        return Addresses.tryParse(text);
    }
}
