package org.funkstille.proof.smt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
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
import org.funkstille.proof.random.RandomPackets;
import org.funkstille.proof.random.RandomQuestions;
import org.funkstille.proof.random.RandomRuleSets;
import org.funkstille.proof.random.Representatives;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict.Escape;
import org.junit.jupiter.api.Test;

/** The exported text against the simulator, with a solver of others as the judge. */
final class SolverTextTest {

    private static final Condition UNKNOWN = new Condition.Unknown("what\r(check-sat)");

    @Test
    void solver_findsAPacket_exactlyWhereSomePacketPossiblyEscapes() throws TooLarge {
        RandomQuestions questions = new RandomQuestions(11);
        RandomRuleSets ruleSets = new RandomRuleSets(11);
        Random random = new Random(11);
        int silent = 0;
        int leaking = 0;
        for (int round = 0; round < 200; round++) {
            Question question = questions.next();
            Platform platform = random.nextInt(3) == 0 ? Platform.PF : Platform.NETFILTER;
            RuleSet rules = ruleSets.next(question, platform, 2 + random.nextInt(2));
            Optional<List<Packet>> all = Representatives.of(question, rules, 600);
            if (all.isPresent()) {
                Simulator simulator = new Simulator(rules, question);
                boolean escapes = all.get().stream()
                        .anyMatch(packet -> simulator.verdict(packet).escape() != Escape.NEVER);
                assertThat(Z3.solve(SolverText.of(rules, question)).isPresent())
                        .as("round %s: %s", round, rules)
                        .isEqualTo(escapes);
                silent += escapes ? 0 : 1;
                leaking += escapes ? 1 : 0;
            }
        }
        assertThat(silent).isGreaterThan(20);
        assertThat(leaking).isGreaterThan(40);
    }

    @Test
    void solversPacket_escapesInTheSimulatorToo_andWithoutOneNoneDoes() throws TooLarge {
        RandomQuestions questions = new RandomQuestions(12);
        RandomRuleSets ruleSets = new RandomRuleSets(12);
        for (int round = 0; round < 80; round++) {
            Question question = questions.next();
            RuleSet rules = ruleSets.next(question);
            Simulator simulator = new Simulator(rules, question);
            Optional<Map<Field, Value>> model = Z3.solve(SolverText.of(rules, question));
            if (model.isPresent()) {
                Packet packet = packet(new Space(question, rules.platform()), model.get());
                assertThat(simulator.verdict(packet).escape())
                        .as("round %s: %s of %s", round, packet, rules)
                        .isNotEqualTo(Escape.NEVER);
            } else {
                RandomPackets packets = new RandomPackets(round, question, rules);
                for (int count = 0; count < 50; count++) {
                    Packet packet = packets.next();
                    assertThat(simulator.verdict(packet).escape())
                            .as("round %s: %s of %s", round, packet, rules)
                            .isEqualTo(Escape.NEVER);
                }
            }
        }
    }

    @Test
    void words_ofTheRouter_stayInTheirComment() throws TooLarge {
        String words = "drop\n(assert false)\r;\u2028\u00fc";
        RuleSet rules = forwarding(Rule.of(UNKNOWN, Action.DROP, new Source("rules:1", words, "")));
        String text = SolverText.of(rules, question());
        assertThat(text).contains("; forward, rules:1: drop\\u000a(assert false)\\u000d;\\u2028\\u00fc\n");
        assertThat(text).contains("; unknown: what\\u000d(check-sat)\n");
        assertThat(text.chars()).allMatch(letter -> letter == '\n' || (letter >= ' ' && letter <= '~'));
        assertThat(Z3.solve(text)).isPresent();
    }

    @Test
    void setOfManyRanges_isWrittenOnce_andStillMeansTheSame() throws TooLarge {
        List<Range> even = LongStream.range(0, 1000)
                .mapToObj(number -> Range.of(2 * number, 2 * number))
                .toList();
        Condition isEven = new Condition.In(Field.LENGTH, ValueSet.ofAll(16, even));
        Source source = new Source("rules:1", "length", "");
        RuleSet rules = forwarding(
                Rule.of(
                        new Condition.Not(Condition.in(Field.LENGTH, ValueSet.of(16, Range.of(7, 9)))),
                        Action.DROP,
                        source),
                Rule.of(isEven, Action.CONTINUE, source),
                Rule.of(isEven, Action.CONTINUE, source),
                Rule.of(new Condition.Not(isEven), Action.DROP, source));
        String text = SolverText.of(rules, question());
        assertThat(text.split("#?bv1998 16", -1)).hasSize(2);
        assertThat(Z3.solve(text).orElseThrow()).containsEntry(Field.LENGTH, Value.of(8));
    }

    @Test
    void manyRules_makeATextInProportion() throws TooLarge {
        int once = SolverText.of(forwarding(ports(500)), question()).length();
        String text = SolverText.of(forwarding(ports(5000)), question());
        assertThat(text.length()).isLessThan(11 * once);
        assertThat(Z3.solve(text)).isPresent();
    }

    private static Rule[] ports(int count) {
        return LongStream.range(0, count)
                .mapToObj(port -> Rule.of(
                        Condition.in(Field.DESTINATION_PORT, port),
                        Action.DROP,
                        new Source("rules:" + port, "drop", "")))
                .toArray(Rule[]::new);
    }

    @Test
    void jumpsThatWouldNeverEnd_writtenOut_areTooLarge() {
        Map<String, Chain> chains = new HashMap<>();
        chains.put("chain 0", new Chain("chain 0", List.of()));
        for (int level = 1; level < 60; level++) {
            Rule jump =
                    Rule.of(Condition.ALWAYS, new Action.Jump("chain " + (level - 1)), new Source("rules", "jump", ""));
            chains.put("chain " + level, new Chain("chain " + level, List.of(jump, jump)));
        }
        RuleSet rules = new RuleSet(Platform.NETFILTER, List.of(base("chain 59")), chains, List.of());
        assertThatThrownBy(() -> SolverText.of(rules, question()))
                .isInstanceOf(TooLarge.class)
                .hasMessageContaining("more than 100000 rules");
    }

    @Test
    void state_isKnownFromThePriorityOfConnectionTrackingOn() throws TooLarge {
        assertThat(Z3.solve(SolverText.of(droppingNewAt(-200), question()))).isEmpty();
        assertThat(Z3.solve(SolverText.of(droppingNewAt(-201), question()))).isPresent();
    }

    private static RuleSet droppingNewAt(int priority) {
        Condition isNew = Condition.in(Field.STATE, Field.STATE_NEW);
        Source source = new Source("rules", "drop", "");
        BaseChain early = new BaseChain(
                "early",
                Hook.PREROUTING,
                priority,
                false,
                BaseChain.Matching.FIRST,
                Condition.ALWAYS,
                Action.ACCEPT,
                source);
        Map<String, Chain> chains = Map.of(
                "early", new Chain("early", List.of(Rule.of(isNew, Action.DROP, source))),
                "forward", new Chain("forward", List.of(Rule.of(Condition.not(isNew), Action.DROP, source))));
        return new RuleSet(Platform.NETFILTER, List.of(early, base("forward")), chains, List.of());
    }

    private static RuleSet forwarding(Rule... rules) {
        Chain chain = new Chain("forward", List.of(rules));
        return new RuleSet(Platform.NETFILTER, List.of(base("forward")), Map.of("forward", chain), List.of());
    }

    private static BaseChain base(String chain) {
        return new BaseChain(
                chain,
                Hook.FORWARD,
                0,
                false,
                BaseChain.Matching.FIRST,
                Condition.ALWAYS,
                Action.ACCEPT,
                new Source("rules", "policy accept", ""));
    }

    /** Services do not count. */
    private static Question question() {
        House house = new House(
                List.of(new House.Leg("iot", "br-iot", List.of(Prefix.parse("192.168.2.0/24")))), List.of("wan"));
        return new Question(
                "br-iot",
                ValueSet.of(48, 1),
                Family.IPV4,
                AddressSets.of(Prefix.parse("192.168.2.10/32")),
                house,
                false,
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    /** One of the packets that are sent with these fields; the others as may be. */
    private static Packet packet(Space space, Map<Field, Value> fields) {
        for (Box box : space.sent()) {
            Box some = box;
            for (Map.Entry<Field, Value> entry : fields.entrySet()) {
                Field field = entry.getKey();
                some = some.restrict(field, ValueSet.of(field.bits(), entry.getValue()));
            }
            if (!some.isEmpty()) {
                return some.first();
            }
        }
        throw new AssertionError("not among the packets of the question: " + fields);
    }
}
