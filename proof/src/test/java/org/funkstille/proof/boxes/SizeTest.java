package org.funkstille.proof.boxes;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

/** Rule sets made to keep an engine busy: it answers, or gives up, in seconds. */
final class SizeTest {

    private static final House HOUSE = new House(
            List.of(new House.Leg("things", "br-iot", List.of(Prefix.parse("192.168.2.0/24")))), List.of("wan"));
    private static final List<Field> PORTS_LENGTH_AND_TTL =
            List.of(Field.SOURCE_PORT, Field.DESTINATION_PORT, Field.LENGTH, Field.HOP_LIMIT);

    private final Map<String, Chain> chains = new HashMap<>();

    @Test
    void rulesThatAskForManyPortsLengthsAndTtls_areAnsweredOrGivenUp() {
        for (int asked = 1; asked <= 4; asked++) {
            for (Action action : List.of(Action.DROP, Action.CONTINUE)) {
                Random random = new Random(asked);
                List<Rule> rules = new ArrayList<>();
                for (int count = 0; count < 200; count++) {
                    List<Condition> parts = new ArrayList<>();
                    for (int part = 0; part < asked; part++) {
                        Field field = PORTS_LENGTH_AND_TTL.get((count + part) % PORTS_LENGTH_AND_TTL.size());
                        parts.add(new Condition.In(field, some(random, field)));
                    }
                    Effect mark = new Effect.SetMark(Field.MARK, 0xffffffffL, 1L << (count % 32));
                    List<Effect> effects = action.equals(Action.CONTINUE) ? List.of(mark) : List.of();
                    rules.add(rule(Condition.all(parts), action, effects));
                }
                inTime(forwarding(rules));
            }
        }
    }

    private static ValueSet some(Random random, Field field) {
        int largest = (1 << field.bits()) - 1;
        List<Range> ranges = new ArrayList<>();
        for (int count = 0; count < 12; count++) {
            int first = random.nextInt(largest);
            ranges.add(Range.of(first, Math.min(largest, first + random.nextInt(1 + largest / 40))));
        }
        return ValueSet.ofAll(field.bits(), ranges);
    }

    /** 2^60 ways lead through them. */
    @Test
    void chainsThatEachJumpTwiceToTheNext_areAnsweredOrGivenUp() {
        inTime(jumpingTwice(rule(Condition.ALWAYS, Action.CONTINUE, List.of())));
        inTime(jumpingTwice(rule(
                Condition.ALWAYS,
                Action.CONTINUE,
                List.of(new Effect.SetMark(Field.MARK, 0xffffffffL, 1), new Effect.SetMark(Field.MARK, 0x7f, 3)))));
        inTime(jumpingTwice(rule(new Condition.Unknown("owl"), Action.CONTINUE, List.of())));
    }

    private RuleSet jumpingTwice(Rule last) {
        chains.clear();
        chains.put("chain 0", new Chain("chain 0", List.of(last)));
        for (int level = 1; level <= 60; level++) {
            Action jump = new Action.Jump("chain " + (level - 1));
            Rule odd = rule(Condition.in(Field.SOURCE_PORT, level), jump, List.of());
            Rule any = rule(Condition.ALWAYS, jump, List.of());
            chains.put("chain " + level, new Chain("chain " + level, List.of(odd, any, any)));
        }
        return forwarding(List.of(rule(Condition.ALWAYS, new Action.Jump("chain 60"), List.of())));
    }

    @Test
    void jumps128Deep_areFollowedToTheirEnd() {
        chains.clear();
        Condition web = Condition.in(Field.DESTINATION_PORT, 443);
        chains.put("chain 1", new Chain("chain 1", List.of(rule(web, Action.ACCEPT, List.of()))));
        for (int level = 2; level <= RuleSet.DEEPEST_JUMPS; level++) {
            Action jump = new Action.Jump("chain " + (level - 1));
            chains.put("chain " + level, new Chain("chain " + level, List.of(rule(Condition.ALWAYS, jump, List.of()))));
        }
        Action first = new Action.Jump("chain " + RuleSet.DEEPEST_JUMPS);
        List<Escape> escapes = inTime(forwarding(List.of(
                        rule(Condition.ALWAYS, first, List.of()), rule(Condition.ALWAYS, Action.DROP, List.of()))))
                .orElseThrow();
        assertThat(escapes)
                .isNotEmpty()
                .allSatisfy(escape -> assertThat(escape.sent().get(Field.DESTINATION_PORT))
                        .isEqualTo(Field.DESTINATION_PORT.only(443)));
    }

    @Test
    void conditionsThatNestAnyOfAll_areAnsweredOrGivenUp() {
        List<Condition> every = new ArrayList<>();
        Random random = new Random(7);
        for (int count = 0; count < 40; count++) {
            every.add(new Condition.Any(PORTS_LENGTH_AND_TTL.stream()
                    .<Condition>map(field -> new Condition.In(field, some(random, field)))
                    .toList()));
        }
        Condition all = new Condition.All(every);
        inTime(forwarding(List.of(rule(all, Action.DROP, List.of()))));
        inTime(forwarding(List.of(rule(new Condition.Not(all), Action.DROP, List.of()))));
    }

    @Test
    void manyUnknowns_areAnsweredOrGivenUp() {
        List<Rule> rules = new ArrayList<>();
        for (int count = 0; count < 200; count++) {
            Effect mark = new Effect.SetMark(Field.MARK, 0xffffffffL, 1L << (count % 32));
            rules.add(rule(new Condition.Unknown("owl " + count), Action.CONTINUE, List.of(mark)));
        }
        inTime(forwarding(rules));
    }

    @Test
    void rowsThatOverlap_areAnsweredOrGivenUp() {
        Random random = new Random(9);
        List<List<ValueSet>> rows = new ArrayList<>();
        for (int count = 0; count < 2000; count++) {
            rows.add(PORTS_LENGTH_AND_TTL.stream()
                    .map(field -> some(random, field))
                    .toList());
        }
        inTime(forwarding(List.of(rule(new Condition.Row(PORTS_LENGTH_AND_TTL, rows), Action.DROP, List.of()))));
        Action lookup = new Action.Lookup(
                PORTS_LENGTH_AND_TTL,
                rows.stream().map(row -> new Action.Entry(row, Action.DROP)).toList());
        inTime(forwarding(List.of(rule(Condition.ALWAYS, lookup, List.of()))));
    }

    @Test
    void lastMatch_ofManyRules_isAnsweredOrGivenUp() {
        Random random = new Random(11);
        List<Rule> rules = new ArrayList<>();
        for (int count = 0; count < 200; count++) {
            List<Condition> parts = PORTS_LENGTH_AND_TTL.stream()
                    .<Condition>map(field -> new Condition.In(field, some(random, field)))
                    .toList();
            Effect tag = new Effect.Assign(Field.TAG, Field.TAG.only(count % 32));
            rules.add(rule(Condition.all(parts), count % 2 == 0 ? Action.DROP : Action.ACCEPT, List.of(tag)));
        }
        chains.put("in", new Chain("in", rules));
        inTime(new RuleSet(
                Platform.PF, List.of(base("in", Hook.PREROUTING, Matching.LAST)), Map.copyOf(chains), List.of()));
    }

    /** Absent where it was given up. Counted is the time that this takes the processor, as others may use it, too. */
    private static Optional<List<Escape>> inTime(RuleSet rules) {
        return assertTimeoutPreemptively(ofSeconds(120), () -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long begin = threads.getCurrentThreadCpuTime();
            Optional<List<Escape>> escapes;
            try {
                escapes =
                        Optional.of(new BoxEngine(rules, HOUSE).ask(question()).escapes());
            } catch (TooLarge e) {
                escapes = Optional.empty();
            }
            assertThat(threads.getCurrentThreadCpuTime() - begin)
                    .as("nanoseconds, %s", escapes.isPresent() ? "answered" : "given up")
                    .isLessThan(ofSeconds(10).toNanos());
            return escapes;
        });
    }

    private RuleSet forwarding(List<Rule> rules) {
        chains.put("forward", new Chain("forward", rules));
        return new RuleSet(
                Platform.NETFILTER,
                List.of(base("forward", Hook.FORWARD, Matching.FIRST)),
                Map.copyOf(chains),
                List.of());
    }

    private static BaseChain base(String chain, Hook hook, Matching matching) {
        return new BaseChain(chain, hook, 0, false, matching, Condition.ALWAYS, Action.ACCEPT, source());
    }

    private static Rule rule(Condition condition, Action action, List<Effect> effects) {
        return new Rule(condition, effects, action, false, Rule.Origin.OWNER, source());
    }

    private static Source source() {
        return new Source("rules", "rule", "");
    }

    private static Question question() {
        return new Question(
                "br-iot",
                ValueSet.of(48, Range.of(2, 2)),
                Family.IPV4,
                AddressSets.of(Prefix.parse("192.168.2.10/32")),
                HOUSE,
                false,
                Instant.parse("2026-03-01T12:00:00Z"));
    }
}
