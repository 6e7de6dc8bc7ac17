package org.funkstille.lab.facade.fritzbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.facade.fritzbox.BoxClient.PLAIN;
import static org.funkstille.lab.facade.fritzbox.BoxClient.SECURED;
import static org.funkstille.lab.facade.fritzbox.BoxClient.fault;
import static org.funkstille.lab.facade.fritzbox.BoxClient.value;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.Lab;
import org.funkstille.lab.device.Gateway;
import org.funkstille.lab.facade.fritzbox.BoxClient.Tr064Action;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What programs can ask the box over TR-064. */
class FritzBoxTr064Test {

    private static final String GATEWAY_MAC = "78:11:DC:12:34:56";
    private static final String CONSOLE = "192.168.1.77";
    private static final String TABLET = "192.168.1.78";
    private static final Tr064Action DISALLOW = Tr064Action.filter("DisallowWANAccessByIP");
    private static final Tr064Action ACCESS = Tr064Action.filter("GetWANAccessByIP");
    private static final Tr064Action USER = Tr064Action.security("X_AVM-DE_GetCurrentUser");
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

    private static FritzBoxFacade box(Quirk... quirks) throws Exception {
        return FritzBoxFacade.takeOver(lab(), Options.standard().with(quirks));
    }

    private static BoxClient client(FritzBoxFacade box) throws Exception {
        return client(box, box.password());
    }

    private static BoxClient client(FritzBoxFacade box, String password) throws Exception {
        return BoxClient.on(lab().host("hub"), box.user(), password);
    }

    private static String gateway() throws Exception {
        return Addresses.text(lab().gateway().address().orElseThrow());
    }

    private static String access(BoxClient client, String address) throws Exception {
        HttpResponse<String> answer = client.call(ACCESS, "NewIPv4Address", address);
        return value(answer, "NewDisallow") + " " + value(answer, "NewWANAccess");
    }

    @Test
    void theDescriptionLeadsToTheServicesAndTheSecuredPort() throws Exception {
        try (FritzBoxFacade box = box();
                BoxClient client = client(box)) {
            String description = client.get(PLAIN + "/tr64desc.xml").body();
            assertThat(description)
                    .contains(
                            "<deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType>",
                            "<Display>154.07.29</Display>",
                            "<controlURL>/upnp/control/x_hostfilter</controlURL>");
            assertThat(client.get(SECURED + "/x_hostfilterSCPD.xml").body()).contains("DisallowWANAccessByIP");
            assertThat(client.get("https://192.168.20.1/jason_boxinfo.xml").body())
                    .contains("<j:Name>FRITZ!Box 7590</j:Name>", "<j:Version>154.07.29</j:Version>");
            HttpResponse<String> port = client.callAnonymously(PLAIN, Tr064Action.device("GetSecurityPort"));
            assertThat(value(port, "NewSecurityPort")).isEqualTo("49443");
            assertThat(port.headers().firstValue("Content-Type")).contains("text/xml; charset=\"utf-8\"");
        }
    }

    @Test
    void theHostListTellsWhoIsLockedAndWhomAProfileDenies() throws Exception {
        try (FritzBoxFacade box = box();
                BoxClient client = client(box)) {
            HttpResponse<String> path = client.call(Tr064Action.hosts("X_AVM-DE_GetHostListPath"));
            String list =
                    client.get(PLAIN + value(path, "NewX_AVM-DE_HostListPath")).body();
            assertThat(item(list, GATEWAY_MAC))
                    .contains(
                            "<IPAddress>" + gateway() + "<",
                            "<Active>1<",
                            ">802.11<",
                            "WANAccess>granted<",
                            "Disallow>0<")
                    .contains("<HostName>" + Gateway.DHCP_NAME + "<");
            assertThat(item(list, "02:00:00:00:00:10")).contains("<IPAddress>192.168.1.10<", ">Ethernet<");
            assertThat(item(list, "02:00:00:00:00:77")).contains("<Active>0<", "WANAccess>denied<", "Disallow>1<");
            assertThat(item(list, "02:00:00:00:00:78")).contains("<Active>0<", "WANAccess>denied<", "Disallow>0<");
            assertThat(access(client, CONSOLE)).isEqualTo("1 denied");
            assertThat(access(client, TABLET)).isEqualTo("0 denied");
            assertThat(client.get(PLAIN + "/devicehostlist.lua?sid=0123456789abcdef")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private static String item(String list, String mac) {
        int at = list.indexOf(mac);
        assertThat(at).as(mac + " in " + list).isPositive();
        return list.substring(list.lastIndexOf("<Item>", at), list.indexOf("</Item>", at));
    }

    @Test
    void hostsAreFoundByIndexByMacAndByAddress() throws Exception {
        try (FritzBoxFacade box = box(Quirk.NO_HOST_LIST);
                BoxClient client = client(box)) {
            assertThat(fault(client.call(Tr064Action.hosts("X_AVM-DE_GetHostListPath"))))
                    .isEqualTo("500 401");
            int count = Integer.parseInt(
                    value(client.call(Tr064Action.hosts("GetHostNumberOfEntries")), "NewHostNumberOfEntries"));
            assertThat(count).isGreaterThanOrEqualTo(5);
            StringBuilder all = new StringBuilder();
            Tr064Action byIndex = Tr064Action.hosts("GetGenericHostEntry");
            for (int i = 0; i < count; i++) {
                all.append(client.call(byIndex, "NewIndex", Integer.toString(i)).body());
            }
            assertThat(all).contains(GATEWAY_MAC, gateway(), CONSOLE);
            assertThat(fault(client.call(byIndex, "NewIndex", Integer.toString(count))))
                    .isEqualTo("500 713");

            Tr064Action byMac = Tr064Action.hosts("GetSpecificHostEntry");
            HttpResponse<String> entry = client.call(byMac, "NewMACAddress", GATEWAY_MAC);
            assertThat(value(entry, "NewIPAddress")).isEqualTo(gateway());
            assertThat(value(entry, "NewAddressSource")).isEqualTo("DHCP");
            assertThat(fault(client.call(byMac, "NewMACAddress", "02:00:00:00:00:EE")))
                    .isEqualTo("500 714");

            Tr064Action byAddress = Tr064Action.hosts("X_AVM-DE_GetSpecificHostEntryByIP");
            entry = client.call(byAddress, "NewIPAddress", gateway());
            assertThat(value(entry, "NewMACAddress")).isEqualTo(GATEWAY_MAC);
            assertThat(entry.body()).doesNotContain("WANAccess");
            assertThat(fault(client.call(byAddress, "NewIPAddress", "192.168.1.222")))
                    .isEqualTo("500 714");
        }
    }

    @Test
    void aNewerBoxTellsMoreOfAHost() throws Exception {
        try (FritzBoxFacade box =
                        FritzBoxFacade.takeOver(lab(), Options.standard().with(Release.OS_8_20));
                BoxClient client = client(box)) {
            HttpResponse<String> entry =
                    client.call(Tr064Action.hosts("X_AVM-DE_GetSpecificHostEntryByIP"), "NewIPAddress", TABLET);
            assertThat(value(entry, "NewX_AVM-DE_WANAccess")).isEqualTo("denied");
            assertThat(value(entry, "NewX_AVM-DE_FilterProfileID")).isEqualTo("filtprof4");
        }
    }

    @Test
    void theCounterOfChangesGoesUpWhenAHostIsRenamedAndNotBefore() throws Exception {
        Tr064Action counter = Tr064Action.hosts("X_AVM-DE_GetChangeCounter");
        try (FritzBoxFacade box = box();
                BoxClient client = client(box)) {
            String first = value(client.call(counter), "NewX_AVM-DE_ChangeCounter");
            client.call(
                    Tr064Action.hosts("X_AVM-DE_SetHostNameByMACAddress"),
                    "NewMACAddress",
                    GATEWAY_MAC,
                    "NewHostName",
                    "Zentrale");
            assertThat(value(client.call(counter), "NewX_AVM-DE_ChangeCounter")).isNotEqualTo(first);
            assertThat(box.configuration()).contains("\"Zentrale\"");
        }
    }

    @Test
    void whatIsWrongWithACallIsSaidInCodes() throws Exception {
        try (FritzBoxFacade box = box();
                BoxClient client = client(box)) {
            assertThat(fault(client.call(Tr064Action.hosts("AddStaticDHCPEntry"))))
                    .isEqualTo("500 401");
            assertThat(fault(client.call(DISALLOW, "NewIPv4Address", gateway())))
                    .isEqualTo("500 402");
            assertThat(fault(client.call(ACCESS, "NewIPv4Address", gateway(), "NewIndex", "1")))
                    .isEqualTo("500 402");
            assertThat(fault(client.call(DISALLOW, "NewIPv4Address", gateway(), "NewDisallow", "yes")))
                    .isEqualTo("500 600");
            assertThat(fault(client.call(DISALLOW, "NewIPv4Address", "192.168.1.222", "NewDisallow", "1")))
                    .isEqualTo("500 714");
            assertThat(fault(client.call(ACCESS, "NewIPv4Address", "2001:db8::1")))
                    .isEqualTo("500 600");
        }
        try (FritzBoxFacade box = box(Quirk.UNKNOWN_ADDRESS_FAILS);
                BoxClient client = client(box)) {
            assertThat(fault(client.call(DISALLOW, "NewIPv4Address", "192.168.1.222", "NewDisallow", "1")))
                    .isEqualTo("500 501");
        }
    }

    @Test
    void aLoginIsAskedForBeforeTheBodyOfACallIsRead() throws Exception {
        try (FritzBoxFacade box = box();
                BoxClient client = client(box)) {
            HttpResponse<String> answer = client.knock(USER);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Digest realm=\"HTTPS Access\"")
                    .contains("qop=\"auth\"", "algorithm=MD5");
            assertThat(box.loginFailures()).isZero();
            assertThat(fault(client.knock(Tr064Action.hosts("GetHostNumberOfEntries"))))
                    .isEqualTo("500 402");
        }
    }

    @Test
    void aBoxWithoutAccessForApplicationsKnowsNoAction() throws Exception {
        try (FritzBoxFacade box = box(Quirk.NO_TR064);
                BoxClient client = client(box)) {
            HttpResponse<String> answer = client.call(ACCESS, "NewIPv4Address", gateway());
            assertThat(fault(answer)).isEqualTo("500 401");
            assertThat(value(answer, "errorDescription")).isEqualTo("Invalid Action");
        }
    }

    @Test
    void aUserWithoutTheRightMayNotTouchTheFilter() throws Exception {
        try (FritzBoxFacade box = box(Quirk.NO_SETTINGS_RIGHT);
                BoxClient client = client(box)) {
            assertThat(fault(client.call(ACCESS, "NewIPv4Address", gateway()))).isEqualTo("500 606");
            HttpResponse<String> user = client.call(USER);
            assertThat(value(user, "NewX_AVM-DE_CurrentUsername")).isEqualTo(box.user());
            assertThat(user.body()).contains("&lt;path&gt;BoxAdmin&lt;/path&gt;&lt;access&gt;none&lt;/access&gt;");
        }
    }

    @Test
    void aSecondFactorIsGivenAtTheBox() throws Exception {
        try (FritzBoxFacade box = box(Quirk.SECOND_FACTOR);
                BoxClient client = client(box)) {
            assertThat(value(client.call(Tr064Action.auth("GetInfo")), "NewEnabled"))
                    .isEqualTo("1");
            assertThat(lock(client)).isEqualTo("500 866");
            HttpResponse<String> started = client.call(Tr064Action.auth("SetConfig"), "NewAction", "start");
            assertThat(value(started, "NewState")).isEqualTo("waitingforauth");
            assertThat(value(started, "NewMethods")).isEqualTo("button");
            client.show(value(started, "NewToken"));
            assertThat(lock(client)).isEqualTo("500 866");
            box.pressButton();
            assertThat(value(client.call(Tr064Action.auth("GetState")), "NewState"))
                    .isEqualTo("authenticated");
            assertThat(lock(client)).startsWith("200");
            client.call(Tr064Action.auth("SetConfig"), "NewAction", "stop");
            assertThat(lock(client)).isEqualTo("500 866");
        }
        try (FritzBoxFacade box = box(Quirk.SECOND_FACTOR, Quirk.SECOND_FACTOR_BLOCKED);
                BoxClient client = client(box)) {
            assertThat(lock(client)).isEqualTo("500 867");
        }
        try (FritzBoxFacade box = box(Quirk.SECOND_FACTOR, Quirk.SECOND_FACTOR_BUSY);
                BoxClient client = client(box)) {
            assertThat(lock(client)).isEqualTo("500 868");
        }
    }

    private static String lock(BoxClient client) throws Exception {
        return fault(client.call(DISALLOW, "NewIPv4Address", gateway(), "NewDisallow", "1"));
    }

    @Test
    void aWrongPasswordLocksEverybodyOutForAWhileThatDoubles() throws Exception {
        try (FritzBoxFacade box = box();
                BoxClient client = client(box);
                BoxClient stranger = client(box, "not the password")) {
            assertThat(stranger.call(USER).statusCode()).isEqualTo(401);
            assertThat(box.loginFailures()).isEqualTo(1);
            assertThat(box.locked()).isTrue();
            assertThat(client.call(USER).statusCode())
                    .as("who knows the password")
                    .isEqualTo(401);
            assertThat(box.loginFailures()).isEqualTo(1);

            box.clock().advance(Duration.ofSeconds(3));
            assertThat(box.locked()).isFalse();
            stranger.call(USER);
            box.clock().advance(Duration.ofSeconds(3));
            assertThat(box.locked()).as("now it takes 4 seconds").isTrue();
            box.clock().advance(Duration.ofSeconds(2));
            assertThat(client.call(USER).statusCode()).isEqualTo(200);
            assertThat(box.loginFailures()).isEqualTo(2);
        }
        try (FritzBoxFacade box = box(Quirk.BLOCKED_IS_UNAVAILABLE);
                BoxClient stranger = client(box, "not the password")) {
            stranger.call(USER);
            assertThat(stranger.call(USER).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void ticketsAreKeptAndOpenNothing() throws Exception {
        try (FritzBoxFacade box = box();
                BoxClient client = client(box)) {
            String ticket = value(client.call(Tr064Action.filter("MarkTicket")), "NewTicketID");
            assertThat(status(client, ticket)).isEqualTo("marked");
            assertThat(access(client, CONSOLE)).isEqualTo("1 denied");
            client.call(Tr064Action.filter("DiscardAllTickets"));
            assertThat(status(client, ticket)).isEqualTo("invalid");
        }
    }

    private static String status(BoxClient client, String ticket) throws Exception {
        return value(client.call(Tr064Action.filter("GetTicketIDStatus"), "NewTicketID", ticket), "NewTicketIDStatus");
    }

    @Test
    void theRangeOfTheDhcpServerIsSettled() throws Exception {
        try (FritzBoxFacade box = box();
                BoxClient client = client(box)) {
            assertThat(value(client.call(Tr064Action.lan("GetInfo")), "NewIPRouters"))
                    .isEqualTo("192.168.1.1");
            client.call(
                    Tr064Action.lan("SetAddressRange"),
                    "NewMinAddress",
                    "192.168.1.120",
                    "NewMaxAddress",
                    "192.168.1.199");
            assertThat(value(client.call(Tr064Action.lan("GetAddressRange")), "NewMinAddress"))
                    .isEqualTo("192.168.1.120");
            assertThat(box.configuration()).contains("192.168.1.120");
        }
    }

    @Test
    void anotherCertificateIsShownWhenThereIsOne() throws Exception {
        try (FritzBoxFacade box = box();
                BoxClient client = client(box)) {
            String before = box.identity().fingerprint();
            assertThat(box.newCertificate().fingerprint()).isNotEqualTo(before);
            await().ignoreExceptions()
                    .until(() -> client.get(SECURED + "/tr64desc.xml").statusCode() == 200);
        }
    }

    @Test
    void aSearchIsAnsweredUnlessThatIsSwitchedOff() throws Exception {
        String answer;
        try (FritzBoxFacade box = box()) {
            assertThat(box.locked()).isFalse();
            answer = search("hub").orElseThrow();
            assertThat(search("gateway").orElseThrow())
                    .contains("LOCATION: http://192.168.20.1:49000/tr64desc.xml\r\n");
            box.restart();
            assertThat(search("hub")).isPresent();
        }
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("LOCATION: http://192.168.1.1:49000/tr64desc.xml\r\n", "SERVER: FRITZ!Box 7590 UPnP/1.0");
        try (FritzBoxFacade box = box(Quirk.NO_SSDP)) {
            assertThat(box.locked()).isFalse();
            assertThat(search("hub")).isEmpty();
        }
    }

    private static Optional<String> search(String host) throws Exception {
        InetAddress group = Addresses.parse("239.255.255.250");
        ByteBuffer question = StandardCharsets.US_ASCII.encode("""
                M-SEARCH * HTTP/1.1
                HOST: 239.255.255.250:1900
                MAN: "ssdp:discover"
                MX: 5
                ST: urn:dslforum-org:device:InternetGatewayDevice:1

                """.replace("\n", "\r\n"));
        try (DatagramChannel channel =
                lab().host(host).inside(() -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            channel.send(question, new InetSocketAddress(group, 1900));
            channel.socket().setSoTimeout(1500);
            DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
            channel.socket().receive(answer);
            return Optional.of(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII));
        } catch (SocketTimeoutException silence) {
            return Optional.empty();
        }
    }
}
