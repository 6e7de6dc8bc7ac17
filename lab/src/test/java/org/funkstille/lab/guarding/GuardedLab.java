package org.funkstille.lab.guarding;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.funkstille.core.net.Addresses;
import org.funkstille.kernel.Command;
import org.funkstille.lab.Lab;
import org.funkstille.lab.network.Card;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A virtual home for the tests of one class. What a test opens through it is closed, and taken from the router, after
 * that test; what {@code @BeforeAll} opens, after the last one.
 */
final class GuardedLab implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    static final String GATEWAY = "aqara-gateway";
    static final String VACUUM = "vacuum";
    static final InetAddress PINNED = Addresses.parse("192.168.20.50");
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Longer than any test: a guard that acts sooner was woken. */
    static final Duration NEVER = Duration.ofMinutes(10);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable Lab up;
    private int openForAll;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
        up = Lab.up("guarding-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        openForAll = openForAll == 0 ? open.size() : openForAll;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        closeWhatTheTestOpened();
    }

    /** For tests that take something away which what they opened would miss. */
    void closeWhatTheTestOpened() throws Exception {
        closeDownTo(openForAll);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        try {
            closeDownTo(0);
        } finally {
            if (up != null) {
                up.close();
            }
        }
    }

    /** Closes all of them, whatever the first failure is. */
    private void closeDownTo(int size) throws Exception {
        Exception first = null;
        while (open.size() > size) {
            try {
                open.pop().close();
            } catch (Exception failed) {
                first = first == null ? failed : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    <T extends AutoCloseable> T closeLater(T opened) {
        open.push(opened);
        return opened;
    }

    Lab lab() {
        return Objects.requireNonNull(up);
    }

    /** What the lab's owner would write, but for the journal, which each test has for itself. */
    String yaml() {
        return lab().homeYaml().replaceAll("(?m)^journal:.*\n", "");
    }

    /** A home on its router, without a guard. */
    Installation install(String yaml) throws Exception {
        return closeLater(Installation.open(yaml));
    }

    /** A guard that has ended its first cycle, and that is not due for another. */
    RunningGuard guard(String yaml) throws Exception {
        return guard(install(yaml));
    }

    RunningGuard guard(Installation installation) throws Exception {
        return closeLater(RunningGuard.start(installation, NEVER));
    }

    /** A guard whose gateway has the pinned address and is silent by its verdict. */
    RunningGuard silentGateway() throws Exception {
        RunningGuard guard = guard(yaml());
        pinGateway();
        return guard;
    }

    /** As after a power cut. What it held before is taken away first, or else it would be taken for the new. */
    void pinGateway() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            lab().gateway().host().run(Command.of("ip", "-4", "addr", "flush", "dev", Card.INTERFACE));
            lab().gateway().renewLease();
            await().atMost(Duration.ofSeconds(3))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> lab().gateway().address().equals(Optional.of(PINNED)) && gatewayHasARoute());
        });
    }

    private boolean gatewayHasARoute() throws Exception {
        return lab().exec("gateway", "ip", "-4", "route", "show", "default")
                .out()
                .contains("via");
    }

    String router(String... argv) throws Exception {
        return lab().host("router").run(Command.of(argv));
    }

    void nft(String commands) throws Exception {
        lab().host("router").run(Command.of(List.of("nft", "-f", "-")).withInput(commands + "\n"));
    }

    /** The rules of the owner, with their handles: whoever touched one shows. */
    String ownersRules() throws Exception {
        return router("nft", "-a", "-s", "list", "table", "inet", "filter")
                + router("nft", "-a", "-s", "list", "table", "ip", "nat")
                + router("nft", "-a", "-s", "list", "table", "netdev", "relay");
    }

    boolean ourTableStands() throws Exception {
        return lab().exec("router", "nft", "list", "table", "inet", "funkstille")
                .ok();
    }
}
