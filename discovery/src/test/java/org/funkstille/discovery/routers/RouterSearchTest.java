package org.funkstille.discovery.routers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.RouterType;
import org.funkstille.discovery.network.Deadline;
import org.funkstille.discovery.network.Surroundings;
import org.funkstille.kernel.NetworkNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks at routers that stand on loopback. */
class RouterSearchTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Surroundings ALONE = new Surroundings(List.of(), List.of(), List.of(), false);

    /** Nobody listens on it: it needs privileges, and no service has it (RFC 6335 reserves 0 to 1023 to IANA). */
    private static final int NOBODY = 1;

    private static final String SUBJECT = "CN=router.example";

    private static final String REFUSAL = """
            {"code":401,"status":"unauthorized","response_id":"AUTH_AUTHENTICATION_FAILED",\
            "message":"Authentication failed","data":[]}""";

    @Test
    void find_aPfSenseWithTheRestPackage_namesBothAndTheCertificate() throws Exception {
        try (SimulatedRouter router = SimulatedRouter.withTls(
                        "CN=pfSense-697b4472a5cba,O=pfSense GUI default Self-Signed Certificate")
                .answers("/", SimulatedRouter.Page.of("<title>fw - Login</title>"))
                .answers("/api/v2/system/version", new SimulatedRouter.Page(401, REFUSAL, Map.of()))) {
            FoundRouter found = find(https(router), Optional.empty());

            assertThat(found.type()).contains(RouterType.PFSENSE);
            assertThat(found.via()).contains("https://127.0.0.1");
            assertThat(found.certificate().orElseThrow()).matches("sha256:[0-9a-f]{64}");
            assertThat(found.evidence())
                    .contains(
                            "its web page is the login page of pfSense (\"fw - Login\")",
                            "the REST API package is installed: /api/v2 answers");
            assertThat(found.needs()).noneMatch(need -> need.contains("pkg-static"));
            assertThat(router.asked())
                    .as("an unnamed guest counts as a failed login")
                    .hasSize(2);
        }
    }

    @Test
    void find_aPfSenseWithoutTheRestPackage_saysWhatToInstall() throws Exception {
        try (SimulatedRouter router = SimulatedRouter.withTls(SUBJECT)
                .answers(
                        "/", SimulatedRouter.Page.of("<title>fw - Login</title><script src=\"/js/pfSense.js?v=1\">"))) {
            FoundRouter found = find(https(router), Optional.empty());

            assertThat(found.type()).contains(RouterType.PFSENSE);
            assertThat(found.evidence()).contains("the REST API package is not installed: /api/v2 does not answer");
            assertThat(found.needs()).anyMatch(need -> need.contains("pfSense-2.8.1-pkg-RESTAPI.pkg"));
        }
    }

    @Test
    void find_anOpnSense_seesItsApiByTheWayToTheLogin() throws Exception {
        try (SimulatedRouter router = SimulatedRouter.withTls(SUBJECT)
                .answers("/", SimulatedRouter.Page.of("<title>Login | OPNsense</title>"))
                .answers(
                        "/api/core/firmware/status",
                        new SimulatedRouter.Page(302, "", Map.of("Location", "/?url=/api/core/firmware/status")))) {
            FoundRouter found = find(https(router), Optional.empty());

            assertThat(found.type()).contains(RouterType.OPNSENSE);
            assertThat(found.evidence()).contains("its API answers");
            assertThat(router.asked()).containsExactly("GET /", "GET /api/core/firmware/status");
        }
    }

    @Test
    void find_aFritzBox_readsItsDescriptionAndPinsNothingThatDiffers() throws Exception {
        String description = """
                <?xml version="1.0"?><root xmlns="urn:dslforum-org:device-1-0"><device>
                <deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType>
                <manufacturer>AVM</manufacturer><modelName>FRITZ!Box 7590</modelName>
                <serialNumber>34810000000F</serialNumber></device></root>""";
        try (SimulatedRouter router =
                        SimulatedRouter.plain().answers("/tr64desc.xml", SimulatedRouter.Page.of(description));
                SimulatedRouter control = SimulatedRouter.withTls(SUBJECT)) {
            Ports ports = new Ports(NOBODY, NOBODY, router.port(), control.port(), NOBODY, NOBODY);

            FoundRouter found = find(ports, Optional.empty());

            assertThat(found.type()).contains(RouterType.FRITZBOX);
            assertThat(found.system()).isEqualTo("FRITZ!Box 7590");
            assertThat(found.certificate()).isPresent();
            assertThat(found.toString()).doesNotContain("34810000000F");
        }
    }

    @Test
    void find_anOpenWrt_isNamedButNotDriven() throws Exception {
        try (SimulatedRouter router = SimulatedRouter.plain()
                .answers(
                        "/",
                        SimulatedRouter.Page.of("<a href=\"/cgi-bin/luci/\">LuCI - Lua Configuration Interface</a>"))
                .answers("/ubus", SimulatedRouter.Page.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"))) {
            FoundRouter found =
                    find(new Ports(NOBODY, router.port(), NOBODY, NOBODY, NOBODY, NOBODY), Optional.empty());

            assertThat(found.type()).contains(RouterType.OPENWRT);
            assertThat(found.driven()).isFalse();
            assertThat(found.evidence()).contains("its ubus answers");
        }
    }

    @Test
    void find_anIpFire_isKnownByItsRealm() throws Exception {
        try (SimulatedRouter router = SimulatedRouter.withTls(SUBJECT)
                .answers(
                        "/",
                        new SimulatedRouter.Page(
                                401, "", Map.of("WWW-Authenticate", "Basic realm=\"IPFire - Restricted\"")))) {
            FoundRouter found =
                    find(new Ports(NOBODY, NOBODY, NOBODY, NOBODY, router.port(), NOBODY), Optional.empty());

            assertThat(found.type()).contains(RouterType.IPFIRE);
        }
    }

    @Test
    void find_aMachineThatOnlySpeaksSsh_isGuessedToBeLinux() throws Exception {
        try (ServerSocket ssh = new ServerSocket(0, 8, HERE)) {
            Thread.startVirtualThread(() -> serve(ssh, "SSH-2.0-OpenSSH_9.2p1 Debian-2\u001b[2J\r\n"));

            FoundRouter found =
                    find(new Ports(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, ssh.getLocalPort()), Optional.empty());

            assertThat(found.type()).contains(RouterType.LINUX);
            assertThat(found.via()).contains("ssh://root@127.0.0.1");
            assertThat(found.evidence().getFirst()).isEqualTo("its ssh server says SSH-2.0-OpenSSH_9.2p1 Debian-2?[2J");
        }
    }

    @Test
    void find_somethingThatSaysNothing_isUnknownUnlessItsOwnerSaysWhatItIs() throws Exception {
        Ports ports = new Ports(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, NOBODY);

        assertThat(find(ports, Optional.empty()).type()).isEmpty();
        assertThat(find(ports, Optional.of(RouterType.OPNSENSE)).via()).contains("https://127.0.0.1");
    }

    @Test
    @Timeout(10)
    void find_aServerThatDripsForEver_endsAtTheDeadline() throws Exception {
        try (ServerSocket dripping = new ServerSocket(0, 8, HERE)) {
            Thread.startVirtualThread(() -> drip(dripping));
            int port = dripping.getLocalPort();
            long begin = System.nanoTime();

            FoundRouter found = find(new Ports(port, port, port, port, port, port), Optional.empty());

            assertThat(found.type()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void parse_anAnswerOfManyHeaders_keepsFew() {
        String many =
                "HTTP/1.1 200 OK\r\n" + "X-%d: y\r\n".repeat(5000).formatted((Object[]) numbers(5000)) + "\r\nbody";

        WebAnswer answer = WebClient.parse(many, Optional.empty()).orElseThrow();

        assertThat(answer.headers()).hasSizeLessThanOrEqualTo(200);
        assertThat(answer.body()).isEqualTo("body");
        assertThat(WebClient.parse("SSH-2.0-x\r\n\r\n", Optional.empty())).isEmpty();
    }

    private static Integer[] numbers(int count) {
        Integer[] numbers = new Integer[count];
        for (int index = 0; index < count; index++) {
            numbers[index] = index;
        }
        return numbers;
    }

    private static Ports https(SimulatedRouter router) {
        return new Ports(router.port(), NOBODY, NOBODY, NOBODY, NOBODY, NOBODY);
    }

    private static FoundRouter find(Ports ports, Optional<RouterType> type) throws Exception {
        List<FoundRouter> found = new RouterSearch(NetworkNamespace.current(), ports)
                .find(ALONE, new RouterSearch.Wish(Optional.of(HERE), type), Deadline.in(Duration.ofSeconds(3)));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static void serve(ServerSocket server, String text) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException gone) {
                // the next one, or the end
            }
        }
    }

    /** One octet now and then, to everybody, until they go. */
    private static void drip(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.startVirtualThread(() -> {
                    try (client) {
                        while (true) {
                            client.getOutputStream().write('H');
                            Thread.sleep(Duration.ofMillis(50));
                        }
                    } catch (IOException | InterruptedException gone) {
                        // it had enough
                    }
                });
            } catch (IOException gone) {
                return;
            }
        }
    }
}
