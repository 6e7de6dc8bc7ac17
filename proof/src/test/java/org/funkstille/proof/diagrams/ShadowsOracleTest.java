package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.diagrams.HouseRules.address;
import static org.funkstille.proof.diagrams.HouseRules.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.funkstille.proof.diagrams.Shadows.Kind;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;
import org.junit.jupiter.api.Test;

/**
 * Which rules do nothing, against the simulator and all packets that the rules can tell apart. A rule is tried by putting
 * something not understood in place of what it does: where it does nothing, that changes nothing.
 */
final class ShadowsOracleTest {

    private static final int RULE_SETS = 300;
    private static final int NUMBERS = 4;
    private static final List<Field> ASKED = List.of(Field.DSCP, Field.ICMP_CODE, Field.LENGTH);
    private static final List<Packet> PACKETS = packets();

    /** Chains by name; the last of them is the base chain, each jumps to those before. */
    private record Drawn(Platform platform, List<List<Rule>> chains) {

        Drawn with(int chain, int index, Rule rule) {
            List<List<Rule>> changed = new ArrayList<>(chains);
            List<Rule> rules = new ArrayList<>(chains.get(chain));
            rules.set(index, rule);
            changed.set(chain, rules);
            return new Drawn(platform, changed);
        }

        HouseRules rules() {
            boolean pf = platform == Platform.PF;
            HouseRules rules = pf ? HouseRules.pf() : HouseRules.linux();
            for (int chain = 0; chain < chains.size() - 1; chain++) {
                rules.chain("chain " + chain, chains.get(chain).toArray(Rule[]::new));
            }
            return rules.base(
                    pf ? Hook.PREROUTING : Hook.FORWARD,
                    0,
                    false,
                    pf ? Matching.LAST : Matching.FIRST,
                    Condition.ALWAYS,
                    Action.ACCEPT,
                    chains.getLast().toArray(Rule[]::new));
        }

        String name(int chain) {
            return chain < chains.size() - 1
                    ? "chain " + chain
                    : platform == Platform.PF ? "PREROUTING 0" : "FORWARD 0";
        }

        boolean changes() {
            return platform == Platform.PF
                    && chains.getLast().stream()
                            .anyMatch(rule -> !rule.effects().isEmpty());
        }

        /** Whether some packet's fate hangs on something unknown. */
        boolean open() {
            Simulator simulator = new Simulator(rules().build(), HouseRules.question());
            return PACKETS.stream().anyMatch(packet -> simulator.verdict(packet).escape() == Verdict.Escape.POSSIBLY);
        }
    }

    @Test
    void firstMatch_namesExactlyTheRulesThatNoPacketMatches() throws TooLarge {
        Random random = new Random(21);
        int named = 0;
        for (int round = 0; round < RULE_SETS; round++) {
            List<List<Rule>> chains = new ArrayList<>();
            for (int chain = 0; chain < 3; chain++) {
                chains.add(firstMatch(random, chain));
            }
            named += compare(new Drawn(Platform.NETFILTER, chains));
        }
        assertThat(named).isGreaterThan(RULE_SETS / 2);
    }

    @Test
    void lastMatch_namesExactlyTheRulesThatMatchNothing_orDecideNothing() throws TooLarge {
        Random random = new Random(22);
        int named = 0;
        for (int round = 0; round < RULE_SETS; round++) {
            named += compare(new Drawn(Platform.PF, List.of(lastMatch(random))));
        }
        assertThat(named).isGreaterThan(RULE_SETS / 2);
    }

    /** @return how many rules do nothing */
    private static int compare(Drawn drawn) throws TooLarge {
        Shadows shadows = Shadows.of(drawn.rules().build(), Budget.USUAL);
        int named = 0;
        for (int chain = 0; chain < drawn.chains().size(); chain++) {
            String name = drawn.name(chain);
            for (int index = 0; index < drawn.chains().get(chain).size(); index++) {
                int place = index;
                List<Kind> said = shadows.shadows().stream()
                        .filter(one -> one.chain().equals(name) && one.index() == place)
                        .map(Shadows.Shadow::kind)
                        .toList();
                List<Kind> right = right(drawn, chain, index);
                // In pf nothing is said of packets that a rule has changed on their way to a later one.
                boolean mayMiss = drawn.changes() && said.isEmpty() && right.equals(List.of(Kind.NEVER_DECIDES));
                if (!shadows.unvisited().contains(name) && !mayMiss) {
                    assertThat(said).as("%s, rule %s of %s", name, index, drawn).isEqualTo(right);
                }
                named += said.size();
            }
        }
        return named;
    }

    private static List<Kind> right(Drawn drawn, int chain, int index) {
        Rule rule = drawn.chains().get(chain).get(index);
        Effect unclear = new Effect.Unclear("probe");
        Rule met =
                new Rule(rule.condition(), List.of(unclear), rule.action(), rule.quick(), rule.origin(), rule.source());
        if (!drawn.with(chain, index, met).open()) {
            return List.of(Kind.NEVER_MATCHES);
        }
        boolean decidesOnly = drawn.platform() == Platform.PF
                && rule.effects().isEmpty()
                && !rule.quick()
                && !rule.action().equals(Action.CONTINUE);
        Rule deciding = new Rule(
                rule.condition(),
                rule.effects(),
                new Action.Unclear("probe"),
                rule.quick(),
                rule.origin(),
                rule.source());
        return decidesOnly && !drawn.with(chain, index, deciding).open() ? List.of(Kind.NEVER_DECIDES) : List.of();
    }

    private static List<Rule> firstMatch(Random random, int chain) {
        List<Rule> rules = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            String target = "chain " + (chain == 0 ? 0 : random.nextInt(chain));
            Action action = switch (random.nextInt(chain == 0 ? 6 : 9)) {
                case 0, 1 -> Action.ACCEPT;
                case 2, 3 -> Action.DROP;
                case 4 -> Action.RETURN;
                case 5 -> Action.CONTINUE;
                case 6, 7 -> new Action.Jump(target);
                default -> new Action.Goto(target);
            };
            rules.add(rule(random, action, false));
        }
        return rules;
    }

    private static List<Rule> lastMatch(Random random) {
        List<Rule> rules = new ArrayList<>();
        for (int count = 2 + random.nextInt(5); count > 0; count--) {
            Action action =
                    random.nextInt(5) == 0 ? Action.CONTINUE : random.nextBoolean() ? Action.ACCEPT : Action.DROP;
            rules.add(rule(random, action, !action.equals(Action.CONTINUE) && random.nextInt(4) == 0));
        }
        return rules;
    }

    private static Rule rule(Random random, Action action, boolean quick) {
        List<Condition> parts = new ArrayList<>();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            Field field = ASKED.get(random.nextInt(ASKED.size()));
            ValueSet set = field.none();
            for (int number = 0; number < NUMBERS; number++) {
                set = random.nextBoolean() ? set.union(field.only(number)) : set;
            }
            parts.add(new Condition.In(field, random.nextInt(3) == 0 ? set.complement() : set));
        }
        List<Effect> effects = random.nextInt(5) == 0
                ? List.of(new Effect.Assign(Field.DSCP, Field.DSCP.only(random.nextInt(NUMBERS))))
                : List.of();
        return new Rule(
                Condition.all(parts), effects, action, quick, Rule.Origin.OWNER, source("rule " + random.nextInt()));
    }

    /** With each number that rules name, and one that none does, of each field that they ask for. */
    private static List<Packet> packets() {
        Box any = Box.all()
                .with(Field.FAMILY, Field.IPV4)
                .with(Field.IN_INTERFACE, 1)
                .with(Field.OUT_INTERFACE, 0)
                .with(Field.ETHER_SOURCE, HouseRules.CAMERA)
                .with(Field.SOURCE, address("192.168.1.7"))
                .with(Field.DESTINATION, address("198.51.100.1"))
                .with(Field.DESTINATION_TYPE, Field.TYPE_UNICAST)
                .with(Field.PROTOCOL, 17)
                .with(Field.HOP_LIMIT, 64)
                .with(Field.STATE, Field.STATE_NEW);
        List<Packet> packets = new ArrayList<>();
        for (int number = 0; number < (NUMBERS + 1) * (NUMBERS + 1) * (NUMBERS + 1); number++) {
            packets.add(any.first()
                    .with(Field.DSCP, Value.of(number % (NUMBERS + 1)))
                    .with(Field.ICMP_CODE, Value.of(number / (NUMBERS + 1) % (NUMBERS + 1)))
                    .with(Field.LENGTH, Value.of(number / (NUMBERS + 1) / (NUMBERS + 1))));
        }
        return packets;
    }
}
