package org.funkstille.routers.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.routers.pf.PfHomes.SILENT;
import static org.funkstille.routers.pf.PfHomes.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.core.model.Home;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.DeviceRules;
import org.junit.jupiter.api.Test;

final class LayoutComparisonTest {

    private static final Wording WORDS = new Wording() {
        @Override
        public Map<String, String> fields(WantedRule rule) {
            return Map.of("action", rule.action().toString(), "log", Boolean.toString(rule.log()));
        }

        @Override
        public String kind(WantedAlias.Kind kind) {
            return kind.toString();
        }
    };

    private final Home home = PfHomes.home(
            false, device("gw", 1, "iot", "192.168.20.50", SILENT), device("cam", 2, "iot", "192.168.20.51", SILENT));
    private final List<DeviceRules> asked = WantedRules.of(home, List.of());
    private final PfLayout layout =
            PfLayout.of(PfHomes.input(home, asked, new LayoutInput.WindowRules.Scheduled(Map.of())));
    private final List<FoundRule> rules = new ArrayList<>(layout.rules().stream()
            .map(rule -> new FoundRule(rule.mark().toString(), WORDS.fields(rule)))
            .toList());
    private final List<FoundAlias> aliases = new ArrayList<>(layout.aliases().stream()
            .map(alias -> new FoundAlias(
                    alias.name(), alias.mark().toString(), alias.kind().toString(), alias.entries()))
            .toList());

    private LayoutComparison compared() {
        return LayoutComparison.of(layout, WORDS, rules, aliases);
    }

    private int of(String mark) {
        return rules.stream().map(FoundRule::description).toList().indexOf(mark);
    }

    @Test
    void allAsGenerated_isExactlyWhatWasAsked() {
        rules.add(new FoundRule("Default allow LAN to any", Map.of()));

        assertThat(compared().damage()).isEmpty();
        assertThat(compared().inForce(asked)).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void aFieldThatDiffers_orARuleThatIsMissing_isTheDevicesOwn_andNoDamageToOthers() {
        FoundRule silent = rules.get(of("funkstille:gw silent"));
        Map<String, String> changed = new HashMap<>(silent.fields());
        changed.put("log", "false");
        rules.set(of("funkstille:gw silent"), new FoundRule(silent.description(), changed));
        rules.remove(of("funkstille:cam silent"));

        assertThat(compared().damage()).isEmpty();
        assertThat(compared().differences("gw"))
                .containsExactly("the rule \"funkstille:gw silent\" has log false instead of true");
        assertThat(compared().differences("cam")).containsExactly("missing: the rule \"funkstille:cam silent\"");
        assertThat(compared().inForce(asked)).doesNotContainAnyElementsOf(asked);
    }

    @Test
    void aFieldThatWeDidNotSet_isADifference() {
        FoundRule silent = rules.get(of("funkstille:gw silent"));
        Map<String, String> changed = new HashMap<>(silent.fields());
        changed.put("disabled", "true");
        rules.set(of("funkstille:gw silent"), new FoundRule(silent.description(), changed));

        assertThat(compared().inForce(asked)).doesNotContain(asked.getFirst()).contains(asked.get(1));
    }

    @Test
    void aForeignRuleBeforeOurs_orOursInAnotherOrder_isDamage() {
        rules.addFirst(new FoundRule("pass everything", Map.of()));
        assertThat(compared().damage())
                .containsExactly("a rule that is not ours stands before ours: \"pass everything\"");

        rules.removeFirst();
        rules.add(rules.removeFirst());
        assertThat(compared().damage()).containsExactly("our rules do not stand in their order");
    }

    @Test
    void aMissingCanary_isDamage() {
        rules.remove(of("funkstille:_house canary"));

        assertThat(compared().damage()).containsExactly("missing: the rule \"funkstille:_house canary\"");
    }

    @Test
    void anAliasWithAnotherEntry_isADifference_andToldAsFound() {
        FoundAlias alias = aliases.stream()
                .filter(one -> one.description().equals("funkstille:gw"))
                .findFirst()
                .orElseThrow();
        aliases.set(
                aliases.indexOf(alias),
                new FoundAlias(alias.name(), alias.description(), alias.kind(), List.of("192.168.20.99")));

        assertThat(compared().inForce(asked))
                .filteredOn(rules -> rules.device().equals("gw"))
                .singleElement()
                .satisfies(found -> assertThat(found.addresses())
                        .extracting(org.funkstille.core.net.Addresses::text)
                        .containsExactly("192.168.20.99"));
    }

    @Test
    void rulesOfADeviceThatNobodyAsksFor_areTold() {
        rules.add(new FoundRule("funkstille:old silent", Map.of()));

        assertThat(compared().inForce(asked)).extracting(DeviceRules::device).contains("old", "gw", "cam");
    }

    @Test
    void theSameRuleTwice_isADifference() {
        rules.add(rules.get(of("funkstille:gw silent")));

        assertThat(compared().differences("gw")).containsExactly("more than once: the rule \"funkstille:gw silent\"");
    }
}
