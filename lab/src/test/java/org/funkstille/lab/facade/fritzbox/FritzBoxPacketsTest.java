package org.funkstille.lab.facade.fritzbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.facade.fritzbox.BoxClient.value;

import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.lab.facade.fritzbox.BoxClient.Tr064Action;
import org.funkstille.lab.facade.http.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the box's lock does to packets. */
class FritzBoxPacketsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static @Nullable Lab shared;

    @BeforeAll
    static void buildLab() throws Exception {
        shared = BoxLab.up();
    }

    @AfterAll
    static void takeLabDown() throws Exception {
        if (shared != null) {
            shared.close();
        }
    }

    private static Lab lab() {
        return Objects.requireNonNull(shared);
    }

    private static BoxClient client(FritzBoxFacade box) throws Exception {
        return BoxClient.on(lab().host("hub"), box.user(), box.password());
    }

    private static String gateway() throws Exception {
        return Addresses.text(lab().gateway().address().orElseThrow());
    }

    private static HttpResponse<String> disallow(BoxClient client, String flag) throws Exception {
        return client.call(
                Tr064Action.filter("DisallowWANAccessByIP"), "NewIPv4Address", gateway(), "NewDisallow", flag);
    }

    private static String access(BoxClient client) throws Exception {
        HttpResponse<String> answer = client.call(Tr064Action.filter("GetWANAccessByIP"), "NewIPv4Address", gateway());
        return value(answer, "NewDisallow") + " " + value(answer, "NewWANAccess");
    }

    private static void lock(BoxClient client) throws Exception {
        assertThat(disallow(client, "1").statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> access(client).equals("1 denied"));
        await().atMost(PATIENCE).until(() -> {
            lab().cloud().clear(); // what was on its way
            return !arrives(FritzBoxPacketsTest::isGatewaysIPv4, Duration.ofMillis(300));
        });
    }

    private static boolean isGatewaysIPv4(Arrival arrival) {
        return arrival.to(CloudNames.resolve(CloudNames.OT, Family.IPV4).getFirst(), Cloud.MIIO_UDP);
    }

    private static boolean isGatewaysIPv6(Arrival arrival) {
        return arrival.to(CloudNames.BARE_IPV6, Cloud.MIIO_TCP);
    }

    private static boolean isGateways(Arrival arrival) {
        return isGatewaysIPv4(arrival) || isGatewaysIPv6(arrival);
    }

    private static boolean arrives(Predicate<Arrival> kind, Duration patience) throws Exception {
        return lab().cloud().await(kind, patience);
    }

    @Test
    void aLockedGatewayIsSilentInBothFamiliesButStaysInTheHouse() throws Exception {
        Options options = Options.standard().withLockDelay(Duration.ofSeconds(2));
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), options);
                BoxClient client = client(box)) {
            String before = box.configuration();
            lab().cloud().clear();
            assertThat(arrives(FritzBoxPacketsTest::isGatewaysIPv4, PATIENCE)).isTrue();
            assertThat(arrives(FritzBoxPacketsTest::isGatewaysIPv6, PATIENCE)).isTrue();
            assertThat(access(client)).isEqualTo("0 granted");

            disallow(client, "1");
            assertThat(access(client)).isEqualTo("1 error");
            lock(client);

            assertThat(arrives(FritzBoxPacketsTest::isGateways, QUIET)).isFalse();
            assertThat(lab().hub().awaitReports(2, PATIENCE)).as("in the house").isTrue();
            assertThat(lab().cloud().awaitQuery(query -> query.name().equals(CloudNames.OT), PATIENCE))
                    .as("the box's own resolver answers")
                    .isTrue();
            assertThat(box.configuration()).contains("lock " + gateway());

            disallow(client, "0");
            await().atMost(PATIENCE).until(() -> access(client).equals("0 granted"));
            assertThat(arrives(FritzBoxPacketsTest::isGatewaysIPv4, PATIENCE)).isTrue();
            assertThat(arrives(FritzBoxPacketsTest::isGatewaysIPv6, PATIENCE)).isTrue();
            assertThat(box.configuration()).isEqualTo(before);
        }
    }

    @Test
    void aLockCutsAnOpenFlow() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box);
                Transfer transfer = transfer()) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            lock(client);
            assertThat(transfer.awaitStall(Duration.ofSeconds(1), PATIENCE)).isTrue();
        }
    }

    @Test
    void onABoxThatLetsThemAnOpenFlowLivesOn() throws Exception {
        try (FritzBoxFacade box =
                        FritzBoxFacade.takeOver(lab(), Options.standard().with(Quirk.OPEN_FLOWS_LIVE_ON));
                BoxClient client = client(box);
                Transfer transfer = transfer()) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            lock(client);
            assertThat(transfer.awaitStall(Duration.ofSeconds(1), QUIET)).isFalse();
        }
    }

    private static Transfer transfer() throws Exception {
        return lab().gateway().openTransfer(new InetSocketAddress(CloudNames.BARE_TCP, Cloud.TLS));
    }

    @Test
    void aBoxMayLeaveIPv6OpenAndRefuseItsResolver() throws Exception {
        Options options = Options.standard().with(Quirk.IPV6_STAYS_OPEN, Quirk.RESOLVER_REFUSES_LOCKED);
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), options);
                BoxClient client = client(box)) {
            lock(client);
            assertThat(arrives(FritzBoxPacketsTest::isGatewaysIPv6, PATIENCE)).isTrue();
            assertThat(arrives(FritzBoxPacketsTest::isGatewaysIPv4, QUIET)).isFalse();
            assertThat(lab().cloud().queries()).noneMatch(query -> query.name().equals(CloudNames.OT));
        }
    }

    @Test
    void aBoxThatSaysOkAndDoesNothingIsFoundOutByAskingIt() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            String before = box.configuration();
            box.faults().next(1, "POST", "/upnp/control/x_hostfilter", new Fault.OkAndDoNothing());
            assertThat(disallow(client, "1").statusCode()).isEqualTo(200);
            assertThat(access(client)).isEqualTo("0 granted");
            assertThat(box.configuration()).isEqualTo(before);
            lab().cloud().clear();
            assertThat(arrives(FritzBoxPacketsTest::isGatewaysIPv4, PATIENCE)).isTrue();
        }
    }

    @Test
    void aLockOutlivesARestart() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            lock(client);
            String before = box.configuration();
            box.restart();
            assertThat(ruleset()).contains("table inet fritzbox").doesNotContain("table inet filter");
            assertThat(box.configuration()).isEqualTo(before);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> access(client).equals("1 denied"));
            assertThat(lab().hub().awaitReports(2, PATIENCE)).isTrue();
            assertThat(lab().cloud().arrivals()).noneMatch(FritzBoxPacketsTest::isGateways);
        }
    }

    @Test
    void aClosedBoxLeavesTheRouterToItsOwner() throws Exception {
        String before = ruleset();
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard())) {
            assertThat(box.loginFailures()).isZero();
            assertThat(ruleset())
                    .contains("table inet fritzbox", "masquerade", "dup to")
                    .doesNotContain("table inet filter");
        }
        assertThat(ruleset().lines().sorted().toList())
                .isEqualTo(before.lines().sorted().toList());
        assertThat(lab().router().dhcpHosts()).isEmptyDirectory();
    }

    private static String ruleset() throws Exception {
        return lab().exec("router", "nft", "list", "ruleset").out();
    }
}
