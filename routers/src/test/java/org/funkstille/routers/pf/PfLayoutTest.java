package org.funkstille.routers.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.routers.pf.PfHomes.SILENT;
import static org.funkstille.routers.pf.PfHomes.device;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.routers.pf.LayoutInput.WindowRules;
import org.funkstille.routers.pf.WantedRule.Action;
import org.funkstille.routers.pf.WantedRule.Families;
import org.funkstille.routers.pf.WantedRule.Host;
import org.junit.jupiter.api.Test;

final class PfLayoutTest {

    private static final WindowRules CLOSED = new WindowRules.Scheduled(Map.of());

    private static PfLayout layout(Home home, WindowRules windows) {
        return PfLayout.of(PfHomes.input(home, WantedRules.of(home, List.of()), windows));
    }

    private static List<String> marks(PfLayout layout) {
        return layout.rules().stream().map(rule -> rule.mark().toString()).toList();
    }

    private static WantedRule rule(PfLayout layout, String mark) {
        return layout.rules().stream()
                .filter(rule -> rule.mark().toString().equals(mark))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> entries(PfLayout layout, Host host) {
        String name = switch (host) {
            case Host.In in -> in.alias();
            case Host.NotIn not -> not.alias();
            default -> "";
        };
        return layout.aliases().stream()
                .filter(alias -> alias.name().equals(name))
                .findFirst()
                .orElseThrow()
                .entries();
    }

    @Test
    void windowsComeFirst_thenTheCanary_thenEachDeviceWithItsPassesBeforeItsBlock_thenIpv6() {
        Device gateway = PfHomes.wantingEcho(device("gw", 1, "iot", "192.168.20.50", SILENT, "hub"));
        Device hub = device("hub", 2, "lan", "192.168.1.20", new Policy.Online());
        Device plug = device(
                "plug",
                3,
                "iot",
                "192.168.20.51",
                new Policy.AllowList(
                        Answer.DROP,
                        List.of(
                                new Destination(
                                        Prefix.parse("203.0.113.0/24"), Optional.of(Protocol.TCP), Optional.of(443)),
                                new Destination(
                                        Prefix.parse("198.51.100.7/32"), Optional.of(Protocol.TCP), Optional.of(443)),
                                new Destination(
                                        Prefix.parse("2001:db8:ff::/48"), Optional.empty(), Optional.empty()))));
        Instant until = Instant.parse("2026-11-23T10:22:00Z");

        PfLayout layout = layout(
                PfHomes.home(true, gateway, hub, plug),
                new WindowRules.Scheduled(Map.of("gw", new WindowRules.Scheduled.Window(until, "fs_when"))));

        assertThat(marks(layout))
                .containsExactly(
                        "funkstille:gw window until 2026-11-23T10:22:00Z",
                        "funkstille:_house canary",
                        "funkstille:gw reach",
                        "funkstille:gw echo",
                        "funkstille:gw everybody",
                        "funkstille:gw silent",
                        "funkstille:hub reach",
                        "funkstille:hub keep",
                        "funkstille:plug allow all",
                        "funkstille:plug allow tcp 443",
                        "funkstille:plug resolver",
                        "funkstille:plug everybody",
                        "funkstille:plug silent",
                        "funkstille:_house everybody6",
                        "funkstille:_house no ipv6");
        WantedRule window = layout.rules().getFirst();
        assertThat(window.schedule()).contains("fs_when");
        assertThat(window.destination()).isInstanceOf(Host.NotIn.class);
        assertThat(entries(layout, window.destination())).containsExactly("192.168.1.0/24", "2001:db8:1::/64");
        assertThat(entries(layout, rule(layout, "funkstille:gw reach").destination()))
                .containsExactly("192.168.1.20");
        assertThat(entries(layout, rule(layout, "funkstille:plug allow tcp 443").destination()))
                .containsExactly("198.51.100.7/32", "203.0.113.0/24");
        assertThat(rule(layout, "funkstille:plug allow tcp 443").families()).isEqualTo(Families.INET);
        assertThat(rule(layout, "funkstille:plug allow all").families()).isEqualTo(Families.INET6);
    }

    @Test
    void aSilentDevice_isRefusedEverything_loggedByItsAnswer_onItsNetworksInterface_inBothFamilies() {
        PfLayout layout = layout(PfHomes.home(false, device("gw", 1, "iot", "192.168.20.50", SILENT)), CLOSED);

        WantedRule silent = rule(layout, "funkstille:gw silent");
        assertThat(silent.action()).isEqualTo(Action.REJECT);
        assertThat(silent.interfaces()).containsExactly("igb1.20");
        assertThat(silent.families()).isEqualTo(Families.BOTH);
        assertThat(silent.log()).isTrue();
        assertThat(silent.destination()).isEqualTo(new Host.Any());
        assertThat(entries(layout, silent.source())).containsExactly("192.168.20.50");
        assertThat(layout.refusing("gw")).containsExactly(silent);
        assertThat(entries(layout, rule(layout, "funkstille:gw everybody").destination()))
                .contains("224.0.0.0/4", "ff00::/8", "192.168.20.255/32");
    }

    @Test
    void aDeviceSeenInAnotherNetwork_isHeldBackThereAsWell() {
        Home home = PfHomes.home(false, device("gw", 1, "iot", "192.168.20.50", SILENT));
        DeviceRules seen = new DeviceRules(
                "gw",
                Set.of(PfHomes.mac(1)),
                Set.of(Addresses.parse("192.168.20.50"), Addresses.parse("192.168.1.77")),
                SILENT,
                false,
                Set.of());

        PfLayout layout = PfLayout.of(PfHomes.input(home, List.of(seen), CLOSED));

        assertThat(rule(layout, "funkstille:gw silent").interfaces()).containsExactly("em1", "igb1.20");
    }

    @Test
    void withTables_aWindowsRuleStandsAlways_forRestrictedDevicesOnly() {
        PfLayout layout = layout(
                PfHomes.home(
                        false,
                        device("gw", 1, "iot", "192.168.20.50", SILENT),
                        device("hub", 2, "lan", "192.168.1.20", new Policy.Online())),
                new WindowRules.ByTable());

        WantedRule window = layout.rules().getFirst();
        assertThat(window.mark()).isEqualTo(new Mark("gw", "window"));
        assertThat(layout.aliases())
                .filteredOn(alias -> alias.kind() == WantedAlias.Kind.FILLED_LATER)
                .singleElement()
                .satisfies(alias -> assertThat(window.source()).isEqualTo(new Host.In(alias.name())));
        assertThat(marks(layout)).doesNotContain("funkstille:hub window");
    }

    @Test
    void theCanary_isRefusedOnTheInterfaceThatItComesInBy() {
        PfLayout layout = layout(PfHomes.home(false), CLOSED);

        WantedRule canary = rule(layout, "funkstille:_house canary");
        assertThat(canary.interfaces()).containsExactly("em1");
        assertThat(canary.source()).isEqualTo(new Host.One(PfHomes.OURS));
        assertThat(canary.log()).isTrue();
    }

    @Test
    void aDeviceWithoutAnyAddress_hasNoRules_forTheyWouldMatchNothing() {
        PfLayout layout = layout(PfHomes.home(false, device("gw", 1, "iot", "", SILENT)), CLOSED);

        assertThat(marks(layout)).containsExactly("funkstille:_house canary");
    }

    @Test
    void namesOfAliases_fitPf_andDifferWhereDevicesDiffer() {
        Set<String> names = new HashSet<>();
        List<String> devices = List.of("a", "A", "a.b", "a-b", "a_b", "x".repeat(62) + "1", "x".repeat(62) + "2");
        for (String device : devices) {
            names.add(AliasName.of(new Mark(device, "")));
            names.add(AliasName.of(new Mark(device, "reach")));
        }

        assertThat(names).hasSize(2 * devices.size()).allMatch(name -> name.matches("fs_[A-Za-z0-9_]{1,28}"));
        assertThat(AliasName.of(new Mark("gw", ""))).startsWith("fs_gw_");
    }

    @Test
    void marks_areReadAsTheyAreWritten_andNothingElseIsOurs() {
        assertThat(Mark.tryParse("funkstille:gw window until x")).contains(new Mark("gw", "window until x"));
        assertThat(Mark.tryParse("funkstille:gw")).contains(new Mark("gw", ""));
        assertThat(Mark.tryParse("Funkstille:gw")).isEmpty();
        assertThat(Mark.tryParse("see funkstille:gw")).isEmpty();
        assertThat(Mark.tryParse("funkstille:")).isEmpty();
        assertThat(Mark.shared("canary").isShared()).isTrue();
    }
}
