package org.funkstille.lab.facade.fritzbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.facade.fritzbox.BoxClient.WEB;
import static org.funkstille.lab.facade.fritzbox.BoxClient.value;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.http.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the web interface's own calls do. */
class FritzBoxWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NO_SESSION = "0000000000000000";
    private static final String PINNED = "192.168.20.50";
    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();
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

    private static String login(BoxClient client, String user, String password) throws Exception {
        String challenge = value(client.get(WEB + "/login_sid.lua?version=2"), "Challenge");
        HttpResponse<String> answer = client.post(
                WEB + "/login_sid.lua?version=2",
                "username=" + user + "&response="
                        + response(challenge, password).replace("$", "%24"));
        return value(answer, "SID");
    }

    private static String login(BoxClient client, FritzBoxFacade box) throws Exception {
        String sid = login(client, box.user(), box.password());
        assertThat(sid).matches("[0-9a-f]{16}").isNotEqualTo(NO_SESSION);
        return sid;
    }

    private static String response(String challenge, String password) throws Exception {
        String[] parts = challenge.split("\\$");
        if (parts.length == 1) {
            byte[] text = (challenge + "-" + password).getBytes(StandardCharsets.UTF_16LE);
            return challenge + "-"
                    + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
        }
        byte[] first = stretched(password.getBytes(StandardCharsets.UTF_8), parts[2], parts[1]);
        return parts[4] + "$" + HexFormat.of().formatHex(stretched(first, parts[4], parts[3]));
    }

    private static byte[] stretched(byte[] secret, String salt, String rounds) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        byte[] last = mac.doFinal(HexFormat.of().parseHex(salt + "00000001"));
        BigInteger sum = new BigInteger(1, last);
        for (int i = 1; i < Integer.parseInt(rounds); i++) {
            last = mac.doFinal(last);
            sum = sum.xor(new BigInteger(1, last));
        }
        return HexFormat.of().parseHex("%064x".formatted(sum));
    }

    private static JsonNode data(BoxClient client, String sid, String form) throws Exception {
        HttpResponse<String> answer = client.post(WEB + "/data.lua", "xhr=1&sid=" + sid + "&" + form);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.fromJson(answer.body());
    }

    private static String uid(BoxClient client, String sid) throws Exception {
        JsonArray active =
                (JsonArray) data(client, sid, "page=netDev&xhrId=all").find("data.active");
        return active.stream()
                .filter(device -> device.extract("mac").equals("78:11:DC:12:34:56"))
                .map(device -> device.extract("UID"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean alwaysSame(BoxClient client, String sid, String uid) throws Exception {
        return data(client, sid, "page=edit_device&dev=" + uid).extract("data.vars.dev.ipv4.dhcp.alwaysSameIp", false);
    }

    @Test
    void aLoginAnswersTheChallengeOfVersionTwo() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            HttpResponse<String> page = client.get(WEB + "/login_sid.lua?version=2");
            assertThat(value(page, "Challenge")).startsWith("2$60000$");
            assertThat(page.body()).contains("<User last=\"1\">" + box.user() + "</User>");
            String sid = login(client, box);
            assertThat(value(client.get(WEB + "/login_sid.lua?version=2&sid=" + sid), "SID"))
                    .isEqualTo(sid);
            box.clock().advance(Duration.ofMinutes(21));
            assertThat(client.post(WEB + "/data.lua", "page=netDev&sid=" + sid).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void anOldBoxKnowsTheLoginWithMd5() throws Exception {
        try (FritzBoxFacade box =
                        FritzBoxFacade.takeOver(lab(), Options.standard().with(Quirk.MD5_LOGIN));
                BoxClient client = client(box)) {
            assertThat(value(client.get(WEB + "/login_sid.lua?version=2"), "Challenge"))
                    .matches("[0-9a-f]{8}");
            login(client, box);
        }
    }

    @Test
    void aWrongPasswordBlocksAndIsCounted() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            assertThat(login(client, box.user(), "wrong")).isEqualTo(NO_SESSION);
            assertThat(box.loginFailures()).isEqualTo(1);
            assertThat(Integer.parseInt(value(client.get(WEB + "/login_sid.lua?version=2"), "BlockTime")))
                    .isPositive();
            assertThat(login(client, box.user(), box.password())).isEqualTo(NO_SESSION);
            box.clock().advance(Duration.ofMinutes(1));
            login(client, box);
            assertThat(box.loginFailures()).isEqualTo(1);
        }
    }

    @Test
    void anAddressForAlwaysIsGivenToTheDeviceAndGivenUpAgain() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            String before = box.configuration();
            String sid = login(client, box);
            String uid = uid(client, sid);
            assertThat(alwaysSame(client, sid, uid)).isFalse();

            String form = "page=edit_device&dev=" + uid + "&apply=&dev_ip=" + PINNED;
            data(client, sid, form + "&static_dhcp=on");
            assertThat(alwaysSame(client, sid, uid)).isTrue();
            assertThat(box.configuration()).contains("always = " + PINNED);
            await().atMost(PATIENCE).untilAsserted(() -> {
                lab().gateway().renewLease();
                await().atMost(Duration.ofSeconds(2))
                        .until(() -> lab().gateway().address().equals(Optional.of(Addresses.parse(PINNED))));
            });

            data(client, sid, form);
            assertThat(alwaysSame(client, sid, uid)).isFalse();
            assertThat(box.configuration()).isEqualTo(before);
        }
    }

    @Test
    void anAddressThatSomebodyElseHasForAlwaysIsNotTakenAndNobodySaysSo() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            String sid = login(client, box);
            String uid = uid(client, sid);
            data(client, sid, "page=edit_device&dev=" + uid + "&apply=&static_dhcp=on&dev_ip=192.168.1.77");
            assertThat(alwaysSame(client, sid, uid)).isFalse();
            data(client, sid, "page=edit_device&dev=landevice9&apply=&static_dhcp=on&dev_ip=" + PINNED);
            box.faults().next(1, "POST", "/data.lua", new Fault.OkAndDoNothing());
            data(client, sid, "page=edit_device&dev=" + uid + "&apply=&static_dhcp=on&dev_ip=" + PINNED);
            assertThat(box.configuration()).doesNotContain(PINNED);
        }
    }

    @Test
    void theRestInterfaceOfNewerBoxesKeepsAnAddressToo() throws Exception {
        try (FritzBoxFacade box =
                        FritzBoxFacade.takeOver(lab(), Options.standard().with(Release.OS_8_20));
                BoxClient client = client(box)) {
            String sid = login(client, box);
            String uid = uid(client, sid);
            String url = WEB + "/api/v0/generic/landevice/landevice/" + uid;
            assertThat(client.rest("PUT", url, NO_SESSION, "{\"static_dhcp\":\"1\"}")
                            .statusCode())
                    .isEqualTo(403);
            HttpResponse<String> put = client.rest("PUT", url, sid, "{\"static_dhcp\":\"1\"}");
            assertThat(put.statusCode() + put.body()).isEqualTo("200{}");
            JsonObject read =
                    JSON.fromJsonObject(client.rest("GET", url, sid, "").body());
            assertThat(read.extract("static_dhcp")).isEqualTo("1");
            String query = client.get(WEB + "/query.lua?sid=" + sid
                            + "&network=landevice:settings/landevice/list(UID,static_dhcp)")
                    .body();
            assertThat(query).contains("{\"UID\":\"" + uid + "\",\"static_dhcp\":\"1\"}");
            client.rest("PUT", url, sid, "{\"static_dhcp\":\"0\"}");
            assertThat(alwaysSame(client, sid, uid)).isFalse();

            HttpResponse<String> wrong =
                    client.rest("PUT", WEB + "/api/v0/generic/landevice/" + uid, sid, "{\"static_dhcp\":\"1\"}");
            assertThat(wrong.statusCode() + wrong.body()).startsWith("400").contains("bad path", "3002");
        }
    }

    @Test
    void anOlderBoxHasNoRestInterface() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            String sid = login(client, box);
            assertThat(client.rest("GET", WEB + "/api/v0/generic/landevice", sid, "")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whereAConfirmationIsNeededAChangeIsTakenAndForgotten() throws Exception {
        try (FritzBoxFacade box =
                        FritzBoxFacade.takeOver(lab(), Options.standard().with(Quirk.SECOND_FACTOR));
                BoxClient client = client(box)) {
            String sid = login(client, box);
            String uid = uid(client, sid);
            JsonNode answer =
                    data(client, sid, "page=edit_device&dev=" + uid + "&apply=&static_dhcp=on&dev_ip=" + PINNED);
            assertThat(answer.extract("data.apply")).isEqualTo("ok");
            assertThat(alwaysSame(client, sid, uid)).isFalse();
        }
    }

    @Test
    void aLockMadeOnThePageIsOpenedByItsOwnIdOnly() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            String before = box.configuration();
            String sid = login(client, box);
            String uid = uid(client, sid);
            String first = lockId(data(client, sid, "page=kidLis&toBeBlocked=" + uid + "&blocked=true"), uid);
            assertThat(box.configuration()).isNotEqualTo(before);
            data(client, sid, "page=kidLis&toBeBlocked=" + uid + "&blocked=false");
            assertThat(box.configuration()).isNotEqualTo(before);
            data(client, sid, "page=kidLis&toBeBlocked=" + first + "&blocked=false");
            assertThat(box.configuration()).isEqualTo(before);
            String second = lockId(data(client, sid, "page=kidLis&toBeBlocked=" + uid + "&blocked=true"), uid);
            assertThat(second).isNotEqualTo(first);
        }
    }

    private static String lockId(JsonNode answer, String uid) {
        return ((JsonArray) answer.find("data.blockedUsers"))
                .stream()
                        .filter(user -> user.extract("dev").equals(uid))
                        .map(user -> user.extract("id"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void aRestartEndsSessionsAndKeepsReservations() throws Exception {
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard());
                BoxClient client = client(box)) {
            String sid = login(client, box);
            data(client, sid, "page=edit_device&dev=" + uid(client, sid) + "&apply=&static_dhcp=on&dev_ip=" + PINNED);
            String before = box.configuration();
            box.restart();
            assertThat(box.configuration()).isEqualTo(before).contains(PINNED);
            assertThat(client.post(WEB + "/data.lua", "page=netDev&sid=" + sid).statusCode())
                    .isEqualTo(403);
        }
    }
}
