package org.funkstille.proof.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.ValueSet;

/** A rule set for a test, a base chain a line; and the house that it stands in. */
final class Sketch {

    static final House HOUSE = new House(
            List.of(
                    new House.Leg("lan", "br-lan", List.of(Prefix.parse("192.168.1.0/24"))),
                    new House.Leg("iot", "br-iot", List.of(Prefix.parse("192.168.2.0/24")))),
            List.of("wan"));

    static final Question QUESTION = question(HOUSE, true);

    private final List<BaseChain> bases = new ArrayList<>();
    private final Map<String, Chain> chains = new LinkedHashMap<>();

    static Question question(House house, boolean services) {
        return new Question(
                "br-iot",
                ValueSet.of(48, 0x02_00_00_00_00_01L),
                Family.IPV4,
                AddressSets.of(Prefix.parse("192.168.2.10/32")),
                house,
                services,
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    /** UDP from the device to port 443 of 198.51.100.1. */
    static Packet packet(Platform platform) {
        Packet any = new Space(QUESTION, platform).sent().getFirst().first().with(Field.HOP_LIMIT, 64);
        return any.with(Field.PROTOCOL, 17)
                .with(Field.DESTINATION, address("198.51.100.1"))
                .with(Field.DESTINATION_PORT, 443)
                .with(Field.STATE, Field.STATE_NEW);
    }

    static Packet packet() {
        return packet(Platform.NETFILTER);
    }

    static long address(String text) {
        return AddressSets.of(Prefix.parse(text + "/32")).first().orElseThrow().low();
    }

    static Condition mark(long mark) {
        return Condition.in(Field.MARK, mark);
    }

    static Effect setMark(long mark) {
        return new Effect.SetMark(Field.MARK, 0, mark);
    }

    static Effect assign(Field field, long value) {
        return new Effect.Assign(field, field.only(value));
    }

    static Rule rule(Condition condition, Action action) {
        return Rule.of(condition, action, source(condition + " " + action));
    }

    static Rule accept(Condition condition) {
        return rule(condition, Action.ACCEPT);
    }

    static Rule drop(Condition condition) {
        return rule(condition, Action.DROP);
    }

    static Rule does(Condition condition, Effect... effects) {
        return new Rule(
                condition,
                List.of(effects),
                Action.CONTINUE,
                false,
                Rule.Origin.OWNER,
                source(condition + " " + List.of(effects)));
    }

    static Rule does(Effect... effects) {
        return does(Condition.ALWAYS, effects);
    }

    static Rule quick(Condition condition, Action action, Effect... effects) {
        return pf(true, condition, action, effects);
    }

    static Rule pf(Condition condition, Action action, Effect... effects) {
        return pf(false, condition, action, effects);
    }

    private static Rule pf(boolean quick, Condition condition, Action action, Effect... effects) {
        return new Rule(
                condition, List.of(effects), action, quick, Rule.Origin.OWNER, source(condition + " " + action));
    }

    private static Source source(String text) {
        return new Source("rules", text, "");
    }

    /** A base chain of priority 0 that is named after its hook. */
    Sketch base(Hook hook, Action policy, Rule... rules) {
        return base(hook, hook.toString(), 0, policy, rules);
    }

    Sketch base(Hook hook, String name, int priority, Action policy, Rule... rules) {
        return base(hook, name, priority, false, Matching.FIRST, Condition.ALWAYS, policy, rules);
    }

    Sketch guarded(Hook hook, Condition guard, Action policy, Rule... rules) {
        return base(hook, hook.toString(), 0, false, Matching.FIRST, guard, policy, rules);
    }

    Sketch translation(Hook hook, Rule... rules) {
        return base(hook, hook + " nat", -100, true, Matching.FIRST, Condition.ALWAYS, Action.ACCEPT, rules);
    }

    Sketch last(Hook hook, Action policy, Rule... rules) {
        return base(hook, hook.toString(), 0, false, Matching.LAST, Condition.ALWAYS, policy, rules);
    }

    private Sketch base(
            Hook hook,
            String name,
            int priority,
            boolean translation,
            Matching matching,
            Condition guard,
            Action policy,
            Rule... rules) {
        bases.add(
                new BaseChain(name, hook, priority, translation, matching, guard, policy, source("policy of " + name)));
        return chain(name, rules);
    }

    Sketch chain(String name, Rule... rules) {
        chains.put(name, new Chain(name, List.of(rules)));
        return this;
    }

    RuleSet on(Platform platform) {
        return new RuleSet(platform, bases, chains, List.of());
    }

    /** The first course: what is unknown does not hold. */
    Course course(Packet packet) {
        return new Simulator(on(Platform.NETFILTER), QUESTION).course(packet, List.of());
    }

    Outcome outcome(Packet packet) {
        return course(packet).outcome();
    }

    Outcome outcome() {
        return outcome(packet());
    }

    Outcome onPf() {
        return new Simulator(on(Platform.PF), QUESTION)
                .course(packet(Platform.PF), List.of())
                .outcome();
    }

    Verdict verdict() {
        return new Simulator(on(Platform.NETFILTER), QUESTION).verdict(packet());
    }
}
