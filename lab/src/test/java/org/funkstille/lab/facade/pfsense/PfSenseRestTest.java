package org.funkstille.lab.facade.pfsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.facade.pfsense.PfSenseHome.GATEWAY_MAC;
import static org.funkstille.lab.facade.pfsense.PfSenseHome.MARK;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.http.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the REST API of the simulated pfSense answers, and what it does besides rules. */
@Timeout(60)
class PfSenseRestTest {

    @RegisterExtension
    static final PfSenseHome HOME = new PfSenseHome();

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void timeRangesAreCheckedAsThePackageDoes() throws Exception {
        assertThat(range("9:00-8:00").responseId())
                .isEqualTo("FIREWALL_SCHEDULE_TIME_RANGE_HOUR_START_TIME_GREATER_THAN_END_TIME");
        assertThat(range("9:07-10:00").responseId())
                .isEqualTo("FIREWALL_SCHEDULE_TIME_RANGE_HOUR_WITH_INVALID_MINUTES");
        assertThat(range("9:00-24:00").code()).isEqualTo(400);
        assertThat(range("23:45-23:59").code()).isEqualTo(200);
    }

    @Test
    void rulesOfOneSecondShareTheirTrackerAndIdsShift() throws Exception {
        Json.Fields older = HOME.block("any", "inet");
        Json.Fields newer = HOME.block("any", "inet");
        assertThat(older.get("id")).isEqualTo(newer.get("id"));
        List<Json.Fields> ours = HOME.api().get("firewall/rules?descr=" + MARK).list();
        assertThat(ours).extracting(rule -> rule.get("id").plain()).containsExactly("0", "1");
        assertThat(HOME.api().get("firewall/rule?id=99").responseId()).isEqualTo("MODEL_OBJECT_NOT_FOUND");
    }

    @Test
    void entriesOfListsAreAppendedAndRemoved() throws Exception {
        HOME.alias("fs_gateway", Addresses.parse("192.168.20.50"));
        String id = HOME.api()
                .get("firewall/aliases?name=fs_gateway")
                .list()
                .getFirst()
                .get("id")
                .plain();
        Json.Fields more = Json.fields("id", Integer.parseInt(id)).with("address", Json.texts(List.of("fd00:20::5")));
        assertThat(HOME.api()
                        .patch("firewall/alias", more.with("append", Json.of(true)))
                        .object()
                        .get("address")
                        .plainItems())
                .containsExactly("192.168.20.50", "fd00:20::5");
        assertThat(HOME.api()
                        .patch("firewall/alias", more.with("remove", Json.of(true)))
                        .responseId())
                .as("there are more details than addresses then")
                .isEqualTo("TOO_MANY_ALIAS_DETAILS");
        assertThat(HOME.api()
                        .get("firewall/apply")
                        .object()
                        .get("pending_subsystems")
                        .plainItems())
                .containsExactly("aliases");
        assertThat(HOME.api()
                        .patch("firewall/alias", more.with("name", Json.of("fs_other")))
                        .code())
                .isEqualTo(400);
    }

    @Test
    void aStaticMappingGivesTheDeviceItsAddressAndIsCheckedAgainstThePool() throws Exception {
        assertThat(mapping("192.168.20.150").code()).isEqualTo(409);
        assertThat(mapping("192.168.1.50").responseId())
                .isEqualTo("DHCP_SERVER_STATIC_MAPPING_IPADDR_NOT_WITHIN_SUBNET");
        assertThat(HOME.api()
                        .post("services/dhcp_server/static_mapping", Json.fields("mac", GATEWAY_MAC))
                        .responseId())
                .isEqualTo("MODEL_PARENT_ID_REQUIRED");
        assertThat(mapping("192.168.20.50").code()).isEqualTo(200);
        assertThat(mapping("192.168.20.51").responseId()).isEqualTo("FIELD_MUST_BE_UNIQUE");
        assertThat(HOME.api()
                        .post("services/dhcp_server/apply", Json.fields())
                        .object()
                        .get("applied"))
                .isEqualTo(Json.of(false));
        await().atMost(PATIENCE)
                .until(() -> HOME.api()
                        .get("services/dhcp_server/apply")
                        .object()
                        .get("applied")
                        .isTrue());
        HOME.lab().gateway().renewLease();
        Optional<InetAddress> pinned = Optional.of(Addresses.parse("192.168.20.50"));
        await().atMost(PATIENCE).until(() -> HOME.lab().gateway().address().equals(pinned));
        assertThat(HOME.api().get("status/dhcp_server/leases?ip=192.168.20.50").list())
                .anySatisfy(
                        lease -> assertThat(lease.get("active_status").plain()).isEqualTo("static"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                HOME.api().get("diagnostics/arp_table").list())
                        .anySatisfy(entry ->
                                assertThat(entry.get("ip_address").plain()).isEqualTo("192.168.20.50")));
    }

    @Test
    void whoMayDoWhatIsAsked() throws Exception {
        Client wrong = Client.withKey(HOME.lab().hub().host(), "00");
        assertThat(wrong.get("firewall/rules").code()).isEqualTo(401);
        assertThat(wrong.get("firewall/rules").responseId()).isEqualTo("AUTH_AUTHENTICATION_FAILED");
        Client basic = wrong.basic(HOME.box().user(), HOME.box().password());
        String token =
                basic.post("auth/jwt", Json.fields()).object().get("token").plain();
        assertThat(wrong.bearer(token).get("system/version").code()).isEqualTo(200);
        assertThat(HOME.api().post("auth/jwt", Json.fields()).code())
                .as("a key is no password")
                .isEqualTo(401);
        assertThat(HOME.api().answer("POST", "firewall/rule", "{").responseId())
                .isEqualTo("JSON_CONTENT_HANDLER_COULD_NOT_DECODE_JSON");
        assertThat(HOME.api()
                        .post("firewall/rule", Json.fields("type", "block"))
                        .responseId())
                .isEqualTo("FIELD_IS_REQUIRED");
        assertThat(HOME.api().send("GET", "no/such", "").statusCode()).isEqualTo(404);
        assertThat(HOME.api()
                        .post("diagnostics/command_prompt", Json.fields("command", "reboot"))
                        .object()
                        .get("result_code"))
                .isEqualTo(Json.of(127));
    }

    @Test
    void aSwallowedRequestIsAnsweredAndDoesNothing() throws Exception {
        HOME.box().faults().next(1, "POST", "/api/v2/firewall/rule", new Fault.OkAndDoNothing());
        assertThat(HOME.block("any", "inet").get("tracker").isNull()).isFalse();
        assertThat(HOME.api().get("firewall/rules?descr=" + MARK).list()).isEmpty();
    }

    @Test
    void theRouterNamesItsInterfacesItsZoneAndItsNeighbours() throws Exception {
        assertThat(HOME.api().get("interfaces").list())
                .extracting(one -> one.get("id").plain() + " " + one.get("if").plain() + " "
                        + one.get("ipaddr").plain())
                .containsExactly("wan wan0 198.51.100.2", "lan lan0 192.168.1.1", "opt1 iot0 192.168.20.1");
        assertThat(HOME.api().get("system/timezone").object().get("timezone").plain())
                .isEqualTo("Europe/Berlin");
        assertThat(HOME.api().command("date +%z")).matches("\\+0[12]00");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(HOME.api().command("ndp -an")).contains(GATEWAY_MAC));
    }

    @Test
    void theLogIsSentToTheServerThatTheSettingsName() throws Exception {
        InetSocketAddress hub = new InetSocketAddress(Addresses.parse("192.168.1.10"), 5514);
        try (DatagramChannel syslog =
                HOME.lab().hub().host().inside(() -> DatagramChannel.open().bind(hub))) {
            Json.Fields on = Json.fields("enableremotelogging", true, "filter", true, "format", "rfc5424");
            assertThat(HOME.api()
                            .patch("status/logs/settings", on.with("remoteserver", Json.of("192.168.1.10:5514")))
                            .code())
                    .isEqualTo(200);
            String tracker = HOME.block("any", "inet").get("tracker").plain();
            HOME.apply();
            HOME.api().command("pfctl -k " + Addresses.text(HOME.device()));
            ByteBuffer message = ByteBuffer.allocate(2000);
            String text = "";
            while (!text.contains("," + tracker + ",")) {
                syslog.receive(message.clear());
                text = StandardCharsets.UTF_8.decode(message.flip()).toString();
            }
            assertThat(text)
                    .matches("(?s)<134>1 [-0-9]{10}T[0-9:.]{15}[+-][0-9:]{5} pfSense.home.arpa filterlog [0-9]+ - - "
                            + "[0-9]+,,,[0-9]+,iot0,match,block,in,4,.*");
        } finally {
            HOME.api().patch("status/logs/settings", Json.fields("enableremotelogging", false));
        }
    }

    private static Client.Answer range(String hours) throws Exception {
        Json.Fields range = Json.fields("hour", hours)
                .with("month", Json.of(List.of(Json.of(2))))
                .with("day", Json.of(List.of(Json.of(29))));
        Json.Fields schedule = Json.fields("name", "fs_" + hours.replaceAll("[^0-9]", "_"))
                .with("timerange", Json.of(List.<Json>of(range)));
        return HOME.api().post("firewall/schedule", schedule);
    }

    private static Client.Answer mapping(String address) throws Exception {
        Json.Fields mapping = Json.fields("parent_id", "opt1", "mac", GATEWAY_MAC, "ipaddr", address, "descr", MARK);
        return HOME.api().post("services/dhcp_server/static_mapping", mapping);
    }
}
