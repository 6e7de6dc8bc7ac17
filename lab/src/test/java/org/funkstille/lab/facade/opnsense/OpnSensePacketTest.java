package org.funkstille.lab.facade.opnsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the interface does to the packets of the home. */
class OpnSensePacketTest extends FacadeTestBase {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final InetSocketAddress CLOUD = new InetSocketAddress(CloudNames.BARE_TCP, 80);
    private static final InetSocketAddress CLOUD6 = new InetSocketAddress(CloudNames.BARE_IPV6, 80);
    private static final String KILL = "/api/diagnostics/firewall/kill_states";

    @ParameterizedTest
    @EnumSource(Release.class)
    void aBlockSilencesTheGatewayButNotItsOpenFlowsUntilTheirStatesAreKilled(Release release) throws Exception {
        Browser browser = browser(Options.of(release));
        InetAddress gateway = gateway();
        assertThat(calls()).as("the home is open").isTrue();
        try (Transfer transfer = lab().gateway().openTransfer(CLOUD)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            String uuid = block(browser, Addresses.text(gateway));
            assertThat(transfer.awaitProgress(PATIENCE)).as("by its state").isTrue();
            assertThat(browser.post(KILL, "{\"ruleid\":\"" + uuid + "\"}").body())
                    .as("a uuid never matches")
                    .isEqualTo("{\"result\":\"ok\",\"dropped_states\":0}");
            Browser.Answer killed = browser.post(KILL, "{\"filter\":\"" + Addresses.text(gateway) + "\"}");
            assertThat(killed.json().extract("dropped_states", 0)).isPositive();
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
            assertSilent();
            browser.post("/api/firewall/filter/flush_inspect_cache", "{}");
            assertThat(browser.get("/api/firewall/filter_util/rule_stats")
                            .json()
                            .extract("stats." + uuid + ".packets", 0L))
                    .isPositive();
        }
    }

    @Test
    void statesOfIPv6AreKilledOneByOneOnly() throws Exception {
        Browser browser = browser(Options.of(Release.V25_7_11));
        try (Transfer transfer = lab().gateway().openTransfer(CLOUD6)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            List<JsonNode> mine = states(browser).stream()
                    .filter(row -> row.extract("dst_addr").equals(Addresses.text(CLOUD6.getAddress()))
                            && row.extract("direction").equals("in"))
                    .toList();
            JsonNode state = mine.stream()
                    .filter(row -> row.extract("descr").equals("allow IOT to any"))
                    .findFirst()
                    .orElseThrow();
            String source = state.extract("src_addr");
            assertThat(lab().gateway().addresses6()).contains(Addresses.parse(source));
            assertThat(state.extract("label")).hasSize(32);
            assertThat(state.extract("interface")).isEqualTo("IOT");
            block(browser, source);
            assertThat(browser.post(KILL, "{\"filter\":\"" + source + "\"}").body())
                    .isEqualTo("{\"result\":\"ok\",\"dropped_states\":0}");
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            for (JsonNode one : mine) {
                assertThat(browser.post("/api/diagnostics/firewall/del_state/" + one.extract("id"), "{}")
                                .text("result"))
                        .matches("killed [01] states\n");
            }
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
            assertThat(states(browser))
                    .as("after a reload states name no rule")
                    .anyMatch(row -> row.extract("label").isEmpty());
        }
    }

    @Test
    void aWindowByAnExternalAliasClosesByCronForNewFlowsOnly() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2));
        String gateway = Addresses.text(gateway());
        alias(browser, "\"name\":\"window\",\"type\":\"external\",\"expire\":\"120\"");
        add(browser, "\"sequence\":\"1\",\"interface\":\"\",\"source_net\":\"window\",\"description\":\"window\"");
        block(browser, gateway);
        browser.post(KILL, "{\"filter\":\"" + gateway + "\"}");
        assertSilent();
        browser.post("/api/firewall/alias_util/add/window", "{\"address\":\"" + gateway + "\"}");
        assertThat(calls()).as("open at once").isTrue();
        try (Transfer transfer = lab().gateway().openTransfer(CLOUD)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            box().clock().advance(Duration.ofMinutes(4));
            assertThat(browser.get("/api/firewall/alias_util/list/window").rows())
                    .isEmpty();
            assertThat(transfer.awaitProgress(PATIENCE))
                    .as("what is open stays open")
                    .isTrue();
            browser.post(KILL, "{\"filter\":\"" + gateway + "\"}");
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
        }
        assertSilent();
    }

    @Test
    void nothingOfABlockedDeviceGetsThroughWhileTheBoxRestarts() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2));
        String gateway = Addresses.text(gateway());
        block(browser, gateway);
        browser.post(KILL, "{\"filter\":\"" + gateway + "\"}");
        assertSilent();
        lab().cloud().clear();
        byte[] call = "hello".getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress cloud = new InetSocketAddress(CloudNames.BARE_UDP, Cloud.MIIO_UDP);
        try (DatagramSocket calls = lab().gateway().host().inside(() -> new DatagramSocket());
                ScheduledExecutorService often = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> calling = often.scheduleAtFixedRate(
                    () -> send(calls, new DatagramPacket(call, call.length, cloud)), 0, 2, TimeUnit.MILLISECONDS);
            box().restart();
            calling.cancel(false);
        }
        assertThat(lab().cloud().arrivals()).noneMatch(OpnSensePacketTest::isGateways);
        assertSilent();
        assertThat(lab().cloud().await(arrival -> arrival.to(CloudNames.HTTP_DNS, 80), PATIENCE))
                .as("the vacuum may call")
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(DhcpService.class)
    void aReservationCountsFromTheNextLeaseOn(DhcpService service) throws Exception {
        Browser browser = browser(Options.of(Release.V25_7_11).with(service));
        String mac = lab().gateway().mac().toString();
        String wanted = service == DhcpService.KEA ? "192.168.20.61" : "192.168.20.60";
        switch (service) {
            case ISC ->
                assertThat(browser.get("/api/dhcpv4/leases/searchLease").rows())
                        .anyMatch(row -> row.extract("mac").equals(mac));
            case DNSMASQ -> {
                String add = "/api/dnsmasq/settings/add_host";
                String host = "{\"host\":{\"hwaddr\":\"%s\",\"ip\":\"%s\"}}";
                assertThat(browser.post(add, host.formatted(mac, wanted)).text("result"))
                        .isEqualTo("saved");
                assertThat(browser.post(add, host.formatted("02:00:00:00:00:99", wanted))
                                .body())
                        .as("an address twice")
                        .contains("\"host.ip\"");
                assertThat(browser.post(add, host.formatted(mac.toUpperCase(java.util.Locale.ROOT), "10.9.9.9"))
                                .text("result"))
                        .as("outside of every network, and a card twice")
                        .isEqualTo("saved");
                String second = browser.post("/api/dnsmasq/settings/search_host", "{\"searchPhrase\":\"10.9.9.9\"}")
                        .rows()
                        .getFirst()
                        .extract("uuid");
                browser.post("/api/dnsmasq/settings/del_host/" + second, "{}");
                renewed(browser, "/api/dnsmasq/", wanted);
                assertThat(browser.get("/api/dnsmasq/leases/search").rows())
                        .anyMatch(row -> row.extract("address").equals(wanted)
                                && row.extract("if_name").equals("opt1")
                                && row.find("is_reserved").toString().contains("hwaddr"));
            }
            case KEA -> {
                String subnet = browser.get("/api/kea/dhcpv4/search_subnet").rows().stream()
                        .filter(row -> row.extract("subnet").equals("192.168.20.0/24"))
                        .findFirst()
                        .orElseThrow()
                        .extract("uuid");
                String add = "/api/kea/dhcpv4/add_reservation";
                String reservation =
                        "{\"reservation\":{\"subnet\":\"" + subnet + "\",\"hw_address\":\"%s\",\"ip_address\":\"%s\"}}";
                assertThat(browser.post(add, reservation.formatted(mac, "192.168.1.5"))
                                .body())
                        .contains("Address not in specified subnet");
                assertThat(browser.post(add, reservation.formatted(mac, wanted)).text("result"))
                        .isEqualTo("saved");
                assertThat(browser.post(add, reservation.formatted(mac, "192.168.20.62"))
                                .body())
                        .contains("Duplicate entry exists.");
                renewed(browser, "/api/kea/", wanted);
                assertThat(browser.get("/api/kea/leases4/search").rows())
                        .anyMatch(row -> row.extract("address").equals(wanted));
            }
        }
    }

    private void renewed(Browser browser, String module, String wanted) throws Exception {
        lab().gateway().renewLease();
        assertThat(gateway()).as("not yet applied").isNotEqualTo(Addresses.parse(wanted));
        assertThat(browser.post(module + "service/reconfigure", "{}").text("status"))
                .isEqualTo("ok");
        await().atMost(PATIENCE).until(() -> {
            lab().gateway().renewLease();
            return lab().gateway().address().equals(Addresses.tryParse(wanted));
        });
    }

    @Test
    void refusedPacketsStandInTheLogAndAreSentToTheServerThatIsNamed() throws Exception {
        Browser browser = browser(Options.of(Release.V25_1_12));
        String uuid = block(browser, Addresses.text(gateway()));
        InetAddress hub = Addresses.parse("192.168.1.10");
        try (DatagramSocket server =
                lab().host("hub").inside(() -> new DatagramSocket(new InetSocketAddress(hub, 5140)))) {
            browser.post(
                    "/api/syslog/settings/add_destination",
                    "{\"destination\":{\"hostname\":\"192.168.1.10\",\"port\":5140,\"program\":\"filterlog\"}}");
            browser.post("/api/syslog/service/reconfigure", "{}");
            browser.post("/api/diagnostics/firewall/flush_states", "{}");
            server.setSoTimeout(10_000);
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            String line;
            do {
                server.receive(packet);
                line = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            } while (!line.contains(uuid));
            assertThat(line).startsWith("<134>").contains(",,," + uuid + ",iot0,match,block,in,4,");
        }
        assertThat(box().pf().log().lines().stream()
                        .filter(line -> line.contains(",192.168.1.10,") && line.contains(",5140,")))
                .as("sending the log is one flow, and logged once")
                .hasSizeLessThan(5);
        List<JsonNode> log =
                browser.get("/api/diagnostics/firewall/log?limit=5000").array().elements();
        JsonNode mine = log.stream()
                .filter(record -> record.extract("rid").equals(uuid))
                .findFirst()
                .orElseThrow();
        assertThat(mine.extract("src")).isEqualTo(Addresses.text(gateway()));
        assertThat(mine.extract("action")).isEqualTo("block");
        assertThat(mine.extract("label")).isEqualTo("blocked");
        assertThat(mine.extract("__timestamp__")).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}");
        String digest = log.get(Math.min(20, log.size() - 1)).extract("__digest__");
        assertThat(browser.get("/api/diagnostics/firewall/log?limit=5000&digest=" + digest)
                        .array()
                        .elements()
                        .getLast()
                        .extract("__digest__"))
                .isEqualTo(digest);
    }

    @Test
    void theBoxTellsOfItsInterfacesNeighboursAndRules() throws Exception {
        Browser browser = browser(Options.of(Release.V26_1_11));
        String mac = lab().gateway().mac().toString();
        assertThat(browser.get("/api/interfaces/overview/interfaces_info").rows())
                .anyMatch(row -> row.extract("identifier").equals("opt1")
                        && row.extract("device").equals("iot0")
                        && row.extract("addr4").equals("192.168.20.1/24"));
        assertThat(browser.get("/api/diagnostics/interface/get_arp").array().elements())
                .anyMatch(row -> row.extract("mac").equals(mac)
                        && row.extract("intf_description").equals("IOT"));
        List<String> addresses =
                lab().gateway().addresses6().stream().map(Addresses::text).toList();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.get("/api/diagnostics/interface/get_ndp")
                                .array()
                                .elements())
                        .anyMatch(row -> row.extract("mac").equals(mac) && addresses.contains(row.extract("ip"))));
        JsonObject rules =
                (JsonObject) Objects.requireNonNull(browser.get("/api/diagnostics/firewall/pf_statistics/rules")
                        .json()
                        .find("rules.filter rules"));
        assertThat(rules.elements().keySet()).anyMatch(line -> line.contains("label \"" + SystemRules.DEFAULT_DENY));
        assertThat(rules.elements().values())
                .anyMatch(counts -> counts.extract("evaluations", 0L) > 0 && counts.extract("state_creations", 0L) > 0);
        assertThat(browser.get("/api/diagnostics/firewall/list_rule_ids").body())
                .contains(SystemRules.DEFAULT_DENY);
        assertThat(browser.get("/api/diagnostics/interface/get_interface_names").text("lan0"))
                .isEqualTo("lan");
        assertThat(browser.get("/api/diagnostics/firewall/pf_states").text("limit"))
                .isNotEmpty();
    }

    private static void send(DatagramSocket socket, DatagramPacket packet) {
        try {
            socket.send(packet);
        } catch (IOException unreachable) {
            // while the router is down
        }
    }

    private InetAddress gateway() throws Exception {
        await().atMost(PATIENCE).until(() -> lab().gateway().address().isPresent());
        return lab().gateway().address().orElseThrow();
    }

    /** Refuses all of a device, with a floating rule. */
    private static String block(Browser browser, String address) throws Exception {
        alias(browser, "\"name\":\"device\",\"type\":\"host\",\"content\":\"" + address + "\"");
        String uuid = add(
                browser,
                "\"interface\":\"\",\"action\":\"block\",\"ipprotocol\":\"inet46\",\"source_net\":\"device\","
                        + "\"log\":\"1\",\"description\":\"blocked\"");
        reconfigure(browser);
        return uuid;
    }

    private static List<JsonNode> states(Browser browser) throws Exception {
        return browser.post("/api/diagnostics/firewall/query_states", "{}").rows();
    }

    private static boolean isGateways(Arrival arrival) {
        return arrival.to(CloudNames.BARE_TCP, 80) || arrival.to(CloudNames.BARE_UDP, 8053);
    }

    private boolean calls() throws Exception {
        lab().cloud().clear();
        return lab().cloud().await(OpnSensePacketTest::isGateways, PATIENCE);
    }

    private void assertSilent() throws Exception {
        lab().cloud().clear();
        assertThat(lab().cloud().await(OpnSensePacketTest::isGateways, QUIET)).isFalse();
    }
}
