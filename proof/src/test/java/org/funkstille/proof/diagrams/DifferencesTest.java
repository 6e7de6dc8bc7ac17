package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.diagrams.HouseRules.accept;
import static org.funkstille.proof.diagrams.HouseRules.address;
import static org.funkstille.proof.diagrams.HouseRules.drop;
import static org.funkstille.proof.diagrams.HouseRules.linux;
import static org.funkstille.proof.diagrams.HouseRules.question;
import static org.funkstille.proof.diagrams.HouseRules.rule;
import static org.funkstille.proof.diagrams.HouseRules.tcp;
import static org.funkstille.proof.diagrams.HouseRules.to;
import static org.funkstille.proof.diagrams.HouseRules.unknown;

import java.util.List;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.diagrams.Differences.Degree;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

/** Two rule sets beside each other, and one beside what its owner allows. */
final class DifferencesTest {

    private static final HouseRules WEB = linux().forward(Action.DROP, accept(tcp(80), to("9.9.9.0/24")));

    @Test
    void rulesInOtherWords_areTheSame() throws TooLarge {
        HouseRules words = linux().chain("web", drop(Condition.not(to("9.9.9.0/24"))), accept())
                .forward(Action.DROP, rule(tcp(80), new Action.Jump("web")));
        assertThat(between(WEB, words).same()).isTrue();
    }

    @Test
    void packetThatOnlyOneLetsOut_isShown_bothWays() throws TooLarge {
        HouseRules moved =
                linux().forward(Action.DROP, accept(tcp(80), to("9.9.9.0/25")), accept(tcp(81), to("9.9.9.0/25")));
        Differences found = between(WEB, moved);
        assertThat(found.moreInFirst()).hasValueSatisfying(one -> {
            assertThat(one.first()).isEqualTo(Degree.SURELY);
            assertThat(one.second()).isEqualTo(Degree.NEVER);
            assertThat(one.sent().number(Field.DESTINATION)).isBetween(address("9.9.9.128"), address("9.9.9.255"));
        });
        assertThat(found.moreInSecond()).hasValueSatisfying(one -> {
            assertThat(one.first()).isEqualTo(Degree.NEVER);
            assertThat(one.sent().number(Field.DESTINATION_PORT)).isEqualTo(81);
        });
    }

    @Test
    void whatOneLeavesOpen_isADifference() throws TooLarge {
        HouseRules open = linux().forward(Action.DROP, accept(tcp(80), to("9.9.9.0/24"), unknown("list")));
        Differences found = between(WEB, open);
        assertThat(found.moreInSecond()).isEmpty();
        assertThat(found.moreInFirst())
                .hasValueSatisfying(one -> assertThat(one.second()).isEqualTo(Degree.POSSIBLY));
        HouseRules closed = linux().forward(Action.DROP);
        assertThat(between(closed, open).moreInSecond())
                .hasValueSatisfying(one -> assertThat(one.first()).isEqualTo(Degree.NEVER));
    }

    @Test
    void destinations_areExactlyThoseThatGetOut() throws TooLarge {
        HouseRules rules = linux().forward(
                        Action.DROP,
                        accept(tcp(80), to("9.9.9.0/24")),
                        accept(tcp(81), to("9.9.9.0/24")),
                        accept(tcp(443), to("8.8.8.8/32")),
                        accept(Condition.in(Field.PROTOCOL, 1), to("8.8.8.8/32")));
        Destinations found =
                new DiagramEngine().escapes(rules.build(), question()).destinations(10);
        assertThat(found.complete()).isTrue();
        assertThat(found.boxes())
                .containsExactlyInAnyOrder(
                        box("9.9.9.0/24", 6, 80, 81), box("8.8.8.8/32", 6, 443, 443), box("8.8.8.8/32", 1, 0, 65_535));
        Destinations few =
                new DiagramEngine().escapes(rules.build(), question()).destinations(2);
        assertThat(few.complete()).isFalse();
        assertThat(few.boxes()).hasSize(2);
    }

    @Test
    void whatIsAllowed_isNotCounted() throws TooLarge {
        Escapes escapes = new DiagramEngine().escapes(WEB.build(), question());
        assertThat(escapes.finding(List.of(box("9.9.9.0/24", 6, 80, 80)))).isEqualTo(new Finding.Silent());
        assertThat(escapes.finding(List.of(box("9.9.9.0/25", 6, 80, 80))))
                .isInstanceOfSatisfying(
                        Finding.Leaking.class,
                        found -> assertThat(found.sent().number(Field.DESTINATION))
                                .isBetween(address("9.9.9.128"), address("9.9.9.255")));
    }

    private static Box box(String prefix, long protocol, long firstPort, long lastPort) {
        return Box.all()
                .with(Field.PROTOCOL, protocol)
                .with(Field.DESTINATION_PORT, ValueSet.of(16, Range.of(firstPort, lastPort)))
                .with(Field.DESTINATION, AddressSets.of(Prefix.parse(prefix)));
    }

    private static Differences between(HouseRules one, HouseRules other) throws TooLarge {
        return Differences.between(one.build(), other.build(), question(), Budget.USUAL);
    }
}
