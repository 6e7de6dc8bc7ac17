package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/**
 * A real sshd in a host's namespace, with throw-away keys.
 *
 * @param userHome the home of a user who may log in and knows the host
 */
record SshServer(Process process, Path userHome) implements AutoCloseable {

    static final int PORT = 2222;

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    static SshServer start(Host host) throws Exception {
        assumeTrue(Files.isExecutable(SSHD), "the program sshd is missing: install the package openssh-server");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/ssh-keygen")),
                "the program ssh-keygen is missing: install the package openssh-client");
        Files.createDirectories(Path.of("/run/sshd"));
        Path home = Files.createTempDirectory("funkstille-ssh-");
        Path user = Files.createDirectories(home.resolve(".ssh"));
        Path hostKey = home.resolve("host_key");
        key(hostKey);
        key(user.resolve("id_ed25519"));
        Files.copy(user.resolve("id_ed25519.pub"), home.resolve("authorized_keys"));
        Files.writeString(
                user.resolve("known_hosts"),
                "[127.0.0.1]:" + PORT + " " + Files.readString(home.resolve("host_key.pub")));
        Path configuration = Files.writeString(home.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PermitRootLogin yes
                PasswordAuthentication yes
                UsePAM no
                StrictModes no
                PidFile none
                SetEnv HOME=%s
                """.formatted(
                        PORT, hostKey, home.resolve("authorized_keys"), home)); // without this user's .bashrc
        Process process = new ProcessBuilder(
                        host.execArguments(List.of(SSHD.toString(), "-D", "-e", "-f", configuration.toString())))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("messages").toFile())
                .start();
        SshServer server = new SshServer(process, home);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Probe.tcp(host, Addresses.parse("127.0.0.1"), PORT).answer() == Probe.Answer.ANSWERED);
        return server;
    }

    private static void key(Path file) throws IOException, InterruptedException {
        Command.Result result = Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .run();
        assertThat(result.ok()).as(result.err()).isTrue();
    }

    String via() {
        return "ssh://root@127.0.0.1:" + PORT;
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        await().atMost(Duration.ofSeconds(5)).until(() -> !process.isAlive());
        Installation.delete(userHome);
    }
}
