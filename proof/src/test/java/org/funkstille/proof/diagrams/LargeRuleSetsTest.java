package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.funkstille.proof.diagrams.HouseRules.accept;
import static org.funkstille.proof.diagrams.HouseRules.camera;
import static org.funkstille.proof.diagrams.HouseRules.drop;
import static org.funkstille.proof.diagrams.HouseRules.linux;
import static org.funkstille.proof.diagrams.HouseRules.question;
import static org.funkstille.proof.diagrams.HouseRules.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

/** What large rule sets cost, counted in nodes and steps: about ten million steps are a second. */
final class LargeRuleSetsTest {

    private final Random random = new Random(11);

    @Test
    void tenThousandRules_ofOtherDevices_costNextToNothing() throws TooLarge {
        RuleSet rules =
                linux().forward(Action.DROP, rules(10_000, this::ofOtherDevice)).build();
        assertThat(new DiagramEngine(new Budget(20_000, 50_000)).ask(rules, question()))
                .isEqualTo(new Finding.Silent());
    }

    @Test
    void tenThousandRules_ofTheDeviceItself_costFarLessThanASecond() throws TooLarge {
        RuleSet rules =
                linux().forward(Action.DROP, rules(10_000, this::ofCamera)).build();
        Finding found = new DiagramEngine(new Budget(2_000_000, 4_000_000)).ask(rules, question());
        assertThat(found).isInstanceOf(Finding.Leaking.class);
    }

    @Test
    void homeRuleSet_costsNextToNothing_alsoToFindItsShadows() throws TooLarge {
        List<Rule> rules = new ArrayList<>(List.of(rules(250, this::ofOtherDevice)));
        rules.add(drop(camera()));
        rules.addAll(List.of(rules(250, this::ofOtherDevice)));
        RuleSet home = linux().base(Hook.INPUT, 0, Action.DROP, accept(tcp(53)))
                .forward(Action.ACCEPT, rules.toArray(Rule[]::new))
                .build();
        Budget small = new Budget(200_000, 500_000);
        assertThat(new DiagramEngine(small).ask(home, question())).isEqualTo(new Finding.Silent());
        assertThat(Shadows.of(home, Budget.USUAL).shadows()).isEmpty();
    }

    @Test
    void questionThatCostsTooMuch_isRefused() {
        RuleSet rules =
                linux().forward(Action.DROP, rules(1_000, this::ofCamera)).build();
        assertThatThrownBy(() -> new DiagramEngine(new Budget(20_000, 10_000_000)).ask(rules, question()))
                .isInstanceOf(TooLarge.class);
        assertThatThrownBy(() -> new DiagramEngine(new Budget(1_000_000, 20_000)).ask(rules, question()))
                .isInstanceOf(TooLarge.class);
    }

    private Rule[] rules(int count, Supplier<Rule> one) {
        Rule[] rules = new Rule[count];
        for (int index = 0; index < count; index++) {
            rules[index] = one.get();
        }
        return rules;
    }

    private Rule ofOtherDevice() {
        long mac = 0x02_00_00_00_10_00L + random.nextInt(1 << 12);
        return random.nextBoolean()
                ? accept(Condition.in(Field.ETHER_SOURCE, mac), somewhere(), tcp(random.nextInt(1 << 16)))
                : drop(Condition.in(Field.ETHER_SOURCE, mac), somewhere());
    }

    private Rule ofCamera() {
        return random.nextBoolean()
                ? accept(camera(), somewhere(), tcp(random.nextInt(1 << 16)))
                : drop(camera(), somewhere());
    }

    private Condition somewhere() {
        long network = random.nextLong(1L << 24) << 8;
        return AddressSets.in(Field.DESTINATION, Family.IPV4, ValueSet.of(128, Range.of(network, network + 255)));
    }
}
