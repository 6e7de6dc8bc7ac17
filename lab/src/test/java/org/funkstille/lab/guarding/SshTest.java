package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.verdict.Status;
import org.funkstille.guard.StateFolder;
import org.funkstille.guard.Windows;
import org.funkstille.journal.WindowRecord;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.SshConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The router is another machine, reached by a real sshd. */
@Timeout(60)
class SshTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress(CloudNames.BARE_TCP, Cloud.TLS);
    private static final String SECRET = "wrong-horse";

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    private static @Nullable SshServer server;

    private final String userHome = System.getProperty("user.home");

    @BeforeAll
    static void listen() throws Exception {
        server = SshServer.start(HOME.lab().host("router"));
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static SshServer server() {
        return Objects.requireNonNull(server);
    }

    @BeforeEach
    void beTheUser() {
        System.setProperty("user.home", server().userHome().toString());
    }

    @AfterEach
    void beOneselfAgain() {
        System.setProperty("user.home", userHome);
    }

    @Test
    void theWholeLifeOfASilencedDeviceGoesOverSshToo() throws Exception {
        String owners = HOME.ownersRules();
        String yaml = HOME.yaml().replaceFirst("via: netns:\\S+", "via: " + server().via());
        Installation installation = HOME.closeLater(connected(yaml));
        RunningGuard guard = HOME.guard(installation);
        assertThat(guard.seen().notes("trouble")).isEmpty();
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        HOME.pinGateway();
        guard.seen()
                .awaitAttempt(
                        "over IPv6",
                        target -> target.device().equals(GATEWAY)
                                && target.destination()
                                        .equals(new Endpoint(CloudNames.BARE_IPV6, Protocol.TCP, Cloud.MIIO_TCP)),
                        PATIENCE);
        guard.seen()
                .awaitAttempt(
                        "question to the resolver",
                        target -> target.name().equals(Optional.of(CloudNames.OT)),
                        PATIENCE);
        HOME.lab().cloud().clear();
        guard.seen().awaitMoreAttempts(GATEWAY, 10, PATIENCE);
        assertThat(HOME.lab().cloud().arrivals()).noneMatch(GatewayCalls::includes);

        HOME.nft("delete table inet funkstille");
        await().atMost(Duration.ofSeconds(4)).until(() -> HOME.ourTableStands());
        guard.seen().awaitNote("drift", text -> text.contains("lay the rules"), PATIENCE);

        window(guard);
        guard.close();
        assertThat(installation.driver().uninstall()).anyMatch(line -> line.contains("inet funkstille"));
        assertThat(HOME.ourTableStands()).isFalse();
        assertThat(HOME.ownersRules()).isEqualTo(owners);
    }

    private static void window(RunningGuard guard) throws Exception {
        Installation other = HOME.closeLater(
                HOME.lab().host("router").inside(() -> guard.installation().again()));
        Windows windows = other.windows();
        WindowRecord record = windows.open(other.device(GATEWAY), Duration.ofSeconds(4), "update")
                .record()
                .orElseThrow();
        try (Transfer transfer = HOME.lab().gateway().openTransfer(SERVER)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            guard.seen().awaitVerdict(GATEWAY, Status.WINDOW_OPEN, PATIENCE);
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
            guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        }
        await().atMost(PATIENCE).until(() -> {
            guard.journal();
            return windows.report(record.id()).flows().stream()
                    .anyMatch(flow -> flow.destination().port() == Cloud.TLS
                            && flow.ended().isPresent());
        });
        assertThat(windows.report(record.id()).flows())
                .filteredOn(flow -> flow.destination().port() == Cloud.TLS)
                .allMatch(
                        flow -> flow.traffic().bytesOut() > 0 && flow.traffic().bytesIn() > 0);
    }

    /** A connection belongs to the namespace of the thread that opens it. */
    private static Installation connected(String yaml) throws IOException, InterruptedException {
        StateFolder state = new StateFolder(Files.createTempDirectory("funkstille-guarding-"));
        return HOME.lab().host("router").inside(() -> Installation.open(yaml, state, false));
    }

    @Test
    void anUnknownHostKeyIsNotTakenAndTheOwnerIsToldWhatToDo() throws Exception {
        Path folder = server().userHome().resolve("stranger");
        Files.createDirectories(folder);
        Files.copy(server().userHome().resolve(".ssh/id_ed25519"), folder.resolve("id_ed25519"));
        assertThatThrownBy(() -> open(folder))
                .hasRootCauseInstanceOf(JSchException.class)
                .cause()
                .isInstanceOf(RouterException.Unreachable.class)
                .hasMessageContaining("host key is not known")
                .hasMessageContaining("ssh -p");
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() throws Exception {
        Path folder = server().userHome().resolve("keyless");
        Files.createDirectories(folder);
        Files.copy(server().userHome().resolve(".ssh/known_hosts"), folder.resolve("known_hosts"));
        assertThatThrownBy(() -> open(folder))
                .cause()
                .isInstanceOf(RouterException.Unreachable.class)
                .hasMessageContaining("Auth fail")
                .satisfies(failure -> {
                    for (Throwable one = failure; one != null; one = one.getCause()) {
                        assertThat(one.toString()).doesNotContain(SECRET);
                    }
                });
    }

    private static void open(Path folder) throws Exception {
        Via.Ssh target = new Via.Ssh("root", "127.0.0.1", SshServer.PORT);
        try (SshConnection connection =
                HOME.lab().host("router").inside(() -> SshConnection.open(target, Optional.of(SECRET), "/", folder))) {
            throw new AssertionError("it was let in: " + connection.run("id"));
        }
    }
}
