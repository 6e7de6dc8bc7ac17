package org.funkstille.routers.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Profile;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Observation;
import org.funkstille.routers.Drivers;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.SavedRules;
import org.funkstille.routers.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver against the real nft of this machine, in a namespace without traffic. */
final class LinuxDriverTest {

    private static final Profile GATEWAY = new Profile(
            "lumi.gateway.v3", "Xiaomi gateway", Answer.REJECT, true, List.of(), List.of(), List.of("test"));

    private RouterNamespace namespace;

    @BeforeEach
    void makeRouter() throws Exception {
        namespace = new RouterNamespace();
    }

    @AfterEach
    void removeRouter() throws Exception {
        namespace.close();
    }

    @Test
    void plan_afterApply_isEmpty_forEveryKindOfPolicy() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)), camera(), vacuum(), hub());
        try (RouterDriver driver = driver(home)) {
            apply(driver, home);
            assertThat(Planner.plan(home, driver.observe()).changes()).isEmpty();
        }
    }

    @Test
    void plan_onAnUntouchedRouter_laysRulesAndPinsAddresses_inThisOrder() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)), hub());
        try (RouterDriver driver = driver(home)) {
            assertThat(Planner.plan(home, driver.observe()).changes())
                    .extracting(change -> change.getClass().getSimpleName())
                    .containsExactly("LayRules", "CutFlows", "SaveRules", "Reserve", "Reserve");
        }
    }

    @Test
    void rules_areThoseOfEverybody_withTheContentOfSets_andTheSettingsOfIpv6() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)));
        namespace.in(
                "nft", "add table inet owners; add set inet owners some { type ipv4_addr; elements = { 192.0.2.7 }; }");
        try (RouterDriver driver = driver(home)) {
            SavedRules rules = driver.rules();
            assertThat(rules.parts()).extracting(SavedRules.Part::format).containsExactly("nft-json");
            assertThat(rules.parts().getFirst().texts().getFirst().content()).contains("\"192.0.2.7\"");
            assertThat(rules.doubts()).isEmpty();
            assertThat(rules.zone()).contains(ZoneId.systemDefault());
            assertThat(rules.sysctl().getFirst().content())
                    .contains("net.ipv4.ip_forward = ")
                    .doesNotContain("disable_ipv6");

            namespace.in("sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1");
            assertThat(driver.rules().sysctl().getFirst().content()).contains("net.ipv6.conf.all.disable_ipv6 = 1");
        }
    }

    @Test
    void rules_ofTheOldIptables_areReadWhereTheyDecideAnything() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)));
        assumeThat(tried("iptables-legacy", "-L")).as("no old iptables here").isTrue();
        try (RouterDriver driver = driver(home)) {
            assertThat(driver.rules().parts())
                    .extracting(SavedRules.Part::format)
                    .containsExactly("nft-json");

            namespace.in("iptables-legacy", "-A", "FORWARD", "-s", "192.0.2.1", "-j", "DROP");

            SavedRules.Part old = driver.rules().parts().getLast();
            assertThat(old.format()).isEqualTo("iptables-save");
            assertThat(old.texts()).hasSize(1);
            assertThat(old.texts().getFirst().content()).contains("-A FORWARD -s 192.0.2.1/32 -j DROP");
        }
    }

    private boolean tried(String... argv) throws InterruptedException {
        try {
            namespace.in(argv);
            return true;
        } catch (IOException notHere) {
            return false;
        }
    }

    @Test
    void ruleDeletedByHand_isNamed_andLaidAgain() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.DROP)), hub());
        try (RouterDriver driver = driver(home)) {
            apply(driver, home);
            String chain = namespace.in("nft", "-a", "list", "chain", "inet", "funkstille", "forward");
            String handle = chain.lines()
                    .filter(line -> line.contains("ether saddr vmap"))
                    .findFirst()
                    .orElseThrow()
                    .replaceFirst(".*# handle ", "");
            namespace.in("nft", "delete", "rule", "inet", "funkstille", "forward", "handle", handle);

            Observation damaged = driver.observe();
            assertThat(damaged.damage()).contains("missing or changed: rule 1 of chain forward");

            apply(driver, home);
            assertThat(driver.observe().damage()).isEmpty();
        }
    }

    @Test
    void elementChangedByHand_isPutRight_andOtherElementsKeepTheirCounters() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)), hub());
        try (RouterDriver driver = driver(home)) {
            apply(driver, home);
            namespace.in("nft", "delete", "element", "inet", "funkstille", "device_by_mac", "{ 78:11:dc:12:34:56 }");

            Plan repair = Planner.plan(home, driver.observe());
            assertThat(repair.changes().getFirst()).isInstanceOf(Change.SetRules.class);
            driver.apply(repair, change -> {});
            assertThat(Planner.plan(home, driver.observe()).isEmpty()).isTrue();
        }
    }

    @Test
    void window_isAnElementThatTheKernelTakesAway_andSurvivesLayingTheRulesAnew() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)));
        Device device = home.devices().getFirst();
        try (RouterDriver driver = driver(home)) {
            apply(driver, home);
            driver.openWindow(device, Duration.ofMinutes(10));
            driver.openWindow(device, Duration.ofMinutes(5));
            Observation open = driver.observe();
            assertThat(open.windowOf("aqara-gateway").orElseThrow().until())
                    .isBetween(open.at().plusSeconds(290), open.at().plusSeconds(301));
            assertThat(Planner.plan(home, open).isEmpty()).isTrue();

            driver.apply(new Plan(List.of(new Change.LayRules("test", open.rules()))), change -> {});
            assertThat(driver.observe().windowOf("aqara-gateway")).isPresent();

            driver.closeWindow("aqara-gateway");
            driver.closeWindow("aqara-gateway");
            assertThat(driver.observe().windows()).isEmpty();
        }
    }

    @Test
    void rulesOfTheOwner_stayByteForByte_throughApplyAndUninstall() throws Exception {
        namespace.in("nft", "add", "table", "inet", "filter");
        namespace.in("nft", "add", "chain", "inet", "filter", "forward", "{ type filter hook forward priority 0; }");
        namespace.in("nft", "add", "rule", "inet", "filter", "forward", "ct", "state", "established", "accept");
        String before = namespace.in("nft", "-a", "list", "ruleset");
        Files.createDirectories(namespace.root.resolve("etc/dnsmasq-hosts"));
        Files.writeString(namespace.root.resolve("etc/dnsmasq-hosts/printer"), "02:00:00:00:00:99,192.168.20.9\n");

        Home home = home(gateway(new Policy.Silent(Answer.REJECT)), hub());
        try (RouterDriver driver = driver(home)) {
            apply(driver, home);
            assertThat(namespace.in("nft", "-a", "list", "table", "inet", "filter"))
                    .isEqualTo(before);
            List<String> removed = driver.uninstall();
            assertThat(removed)
                    .contains("table inet funkstille", "reservation of 192.168.20.50 for aqara-gateway")
                    .anyMatch(line -> line.contains("funkstille-rules.service"));
            assertThat(driver.uninstall()).isEmpty();
        }
        assertThat(namespace.in("nft", "-a", "list", "ruleset")).isEqualTo(before);
        assertThat(namespace.root.resolve("etc/dnsmasq-hosts").toFile().list()).containsExactly("printer");
        assertThat(Files.exists(namespace.root.resolve("etc/funkstille/rules.json")))
                .isFalse();
    }

    @Test
    void savedRules_loadedByThemselves_giveTheSameTable() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)), camera(), vacuum(), hub());
        try (RouterDriver driver = driver(home)) {
            apply(driver, home);
            namespace.in("nft", "flush", "ruleset");
            namespace.in(
                    "nft",
                    "-j",
                    "-f",
                    namespace.root.resolve("etc/funkstille/rules.json").toString());
            Observation afterBoot = driver.observe();
            assertThat(afterBoot.damage()).isEmpty();
            assertThat(Planner.plan(home, afterBoot).changes()).isEmpty();
        }
    }

    @Test
    void savedRulesTamperedWith_areSavedAgain() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)));
        try (RouterDriver driver = driver(home)) {
            apply(driver, home);
            Files.writeString(namespace.root.resolve("etc/funkstille/rules.json"), "{\"nftables\":[]}");
            assertThat(Planner.plan(home, driver.observe()).changes())
                    .hasExactlyElementsOfTypes(Change.SaveRules.class);
        }
    }

    @Test
    void routerWithoutTracking_isNotMadeToTrack_andSaysSo() throws Exception {
        Home home = home(gateway(new Policy.Silent(Answer.REJECT)), hub());
        try (RouterDriver driver = driver(home)) {
            apply(driver, home);
            assertThat(namespace.in("nft", "list", "table", "inet", "funkstille"))
                    .doesNotContain("ct state");
            assertThat(driver.observe().has(Caveat.Kind.NO_TRACKING)).isTrue();
            assertThat(Planner.plan(home, driver.observe()).isEmpty()).isTrue();

            namespace.in("nft", "add", "table", "ip", "nat");
            namespace.in("nft", "add", "chain", "ip", "nat", "post", "{ type nat hook postrouting priority 100; }");
            namespace.in("nft", "add", "rule", "ip", "nat", "post", "masquerade");
            assertThat(Planner.plan(home, driver.observe()).changes().getFirst())
                    .isInstanceOf(Change.LayRules.class);
        }
    }

    @Test
    void namespaceThatDoesNotExist_isNamed() throws Exception {
        Home home = new Home(
                List.of(new Router(
                        "home",
                        RouterType.LINUX,
                        new Via.Namespace("nosuch"),
                        Optional.empty(),
                        "/",
                        Optional.empty())),
                List.of(),
                List.of(),
                JournalSettings.DEFAULT,
                false);
        try (RouterDriver driver = driver(home)) {
            assertThatThrownBy(driver::observe)
                    .isInstanceOf(RouterException.Unreachable.class)
                    .hasMessageContaining("nosuch");
        }
    }

    private static void apply(RouterDriver driver, Home home) throws RouterException {
        List<Change> done = new ArrayList<>();
        Plan plan = Planner.plan(home, driver.observe());
        driver.apply(plan, done::add);
        assertThat(done).containsExactlyElementsOf(plan.changes());
    }

    private static RouterDriver driver(Home home) throws RouterException {
        return new Drivers(new Secrets(Map.of()), Path.of("unused"), notice -> {}, Clock.systemUTC())
                .open(home.routers().getFirst(), home);
    }

    private Home home(Device... devices) {
        Router.DhcpFiles dhcp = new Router.DhcpFiles("/etc/dnsmasq-hosts", "/var/lib/misc/dnsmasq.leases");
        Router router = new Router(
                "home",
                RouterType.LINUX,
                new Via.Namespace(namespace.name),
                Optional.empty(),
                namespace.root.toString(),
                Optional.of(dhcp));
        List<Network> networks = List.of(
                network("lan", "lan0", "192.168.1.0/24", "fd00:1::/64"),
                network("iot", "iot0", "192.168.20.0/24", "fd00:20::/64"),
                new Network("internet", "wan0", List.of(), Optional.empty(), Optional.empty()));
        return new Home(List.of(router), networks, List.of(devices), JournalSettings.DEFAULT, false);
    }

    private static Network network(String name, String interfaceName, String prefix, String prefix6) {
        return new Network(
                name,
                interfaceName,
                List.of(Prefix.parse(prefix), Prefix.parse(prefix6)),
                Optional.empty(),
                Optional.empty());
    }

    private static Device gateway(Policy policy) {
        return new Device(
                "aqara-gateway",
                List.of(Mac.parse("78:11:dc:12:34:56")),
                Optional.of(Addresses.parse("192.168.20.50")),
                List.of(Addresses.parse("fd00:20::50")),
                "iot",
                Optional.of(GATEWAY),
                policy,
                List.of("hub"));
    }

    private static Device camera() {
        Policy policy = new Policy.AllowList(
                Answer.DROP,
                List.of(
                        new Destination(Prefix.parse("198.51.100.0/24"), Optional.empty(), Optional.empty()),
                        new Destination(Prefix.parse("203.0.113.5/32"), Optional.of(Protocol.TCP), Optional.of(443)),
                        new Destination(Prefix.parse("203.0.113.6/32"), Optional.of(Protocol.ICMP), Optional.empty()),
                        new Destination(Prefix.parse("2001:db8::/32"), Optional.of(Protocol.ICMPV6), Optional.empty()),
                        new Destination(
                                Prefix.parse("2001:db8::1/128"), Optional.of(Protocol.UDP), Optional.of(8053))));
        return new Device(
                "camera",
                List.of(Mac.parse("02:00:00:00:00:30"), Mac.parse("02:00:00:00:00:31")),
                Optional.empty(),
                List.of(),
                "iot",
                Optional.empty(),
                policy,
                List.of());
    }

    private static Device vacuum() {
        return new Device(
                "vacuum",
                List.of(Mac.parse("b0:4a:39:00:00:01")),
                Optional.empty(),
                List.of(),
                "iot",
                Optional.empty(),
                new Policy.Online(),
                List.of());
    }

    private static Device hub() {
        return new Device(
                "hub",
                List.of(Mac.parse("02:00:00:00:00:10")),
                Optional.of(Addresses.parse("192.168.1.10")),
                List.of(Addresses.parse("fd00:1::10")),
                "lan",
                Optional.empty(),
                new Policy.Online(),
                List.of());
    }
}
