package org.funkstille.routers.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferencesTest {

    private static final List<String> WANTED = List.of(
            "chain {hook=forward, name=forward}", "rule forward 1 [a]", "rule forward 2 [b]", "house [iot0, lan0]");

    @Test
    void sameLayout_hasNoDifferences() {
        assertThat(Differences.between(WANTED, WANTED.reversed())).isEmpty();
    }

    @Test
    void ruleThatIsMissing_isNamedByChainAndNumber() {
        assertThat(Differences.between(WANTED, List.of(WANTED.get(0), WANTED.get(1), WANTED.get(3))))
                .containsExactly("missing or changed: rule 2 of chain forward");
    }

    @Test
    void ruleThatWasChanged_isNamedOnce() {
        assertThat(Differences.between(
                        WANTED, List.of(WANTED.get(0), "rule forward 1 [x]", WANTED.get(2), WANTED.get(3))))
                .containsExactly("missing or changed: rule 1 of chain forward");
    }

    @Test
    void ruleOfSomebodyElseInOurTable_isNamed() {
        List<String> more =
                List.of(WANTED.get(0), WANTED.get(1), WANTED.get(2), WANTED.get(3), "rule forward 3 [accept]");
        assertThat(Differences.between(WANTED, more)).containsExactly("not ours: rule 3 of chain forward");
    }

    @Test
    void otherInterfaces_areNamed() {
        assertThat(Differences.between(WANTED, List.of(WANTED.get(0), WANTED.get(1), WANTED.get(2), "house [lan0]")))
                .containsExactly("missing or changed: the interfaces of the house");
    }
}
