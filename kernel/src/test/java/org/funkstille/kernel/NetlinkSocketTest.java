package org.funkstille.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.funkstille.kernel.NetlinkSocket.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NetlinkSocketTest {

    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWLINK = 16;
    private static final int SIZEOF_IFINFOMSG = 16;
    private static final int BUFFER = 64 * 1024;

    @Test
    void dump_ofLinks_bringsTheLoopback() throws IOException {
        List<Integer> types = new ArrayList<>();
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE, BUFFER)) {
            socket.ask(RTM_GETLINK, NetlinkSocket.DUMP, new byte[SIZEOF_IFINFOMSG]);
            Received received = socket.receive(5_000, (type, flags, octets, offset, length) -> types.add(type));

            assertThat(received).isEqualTo(Received.MESSAGES);
        }
        assertThat(types).isNotEmpty().containsOnly(RTM_NEWLINK);
    }

    @Test
    void receive_withNothingToCome_returnsAfterItsTime() throws IOException {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE, BUFFER)) {
            assertThat(socket.receive(1, NetlinkSocketTest::ignore)).isEqualTo(Received.NOTHING);
            assertThat(socket.drops()).isZero();
        }
    }

    @Test
    void request_thatTheKernelRefuses_saysErrno() throws IOException {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE, BUFFER)) {
            // RTM_SETLINK of an interface that is not there: ENODEV (19), or EPERM for anybody but root
            byte[] missing = new byte[SIZEOF_IFINFOMSG];
            missing[4] = missing[5] = missing[6] = 0x7e;

            assertThatThrownBy(() -> socket.request(19, 0, missing, NetlinkSocketTest::ignore))
                    .isInstanceOfSatisfying(
                            NetlinkError.class,
                            error -> assertThat(error.errno()).isIn(1, 19));
        }
    }

    @Test
    void close_fromAnotherThread_endsWaitingAtOnce() throws Exception {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE, BUFFER);
        CountDownLatch started = new CountDownLatch(1);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Received> received = other.submit(() -> {
                started.countDown();
                return socket.receive(-1, NetlinkSocketTest::ignore);
            });
            assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();

            socket.close();

            assertThat(received.get(2, TimeUnit.SECONDS)).isEqualTo(Received.CLOSED);
        }
        assertThat(socket.receive(-1, NetlinkSocketTest::ignore)).isEqualTo(Received.CLOSED);
        assertThatThrownBy(() -> socket.join(1)).isInstanceOf(IOException.class);
    }

    @Test
    void close_fromWithinTheHandler_isSafe() throws IOException {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE, BUFFER);
        socket.ask(RTM_GETLINK, NetlinkSocket.DUMP, new byte[SIZEOF_IFINFOMSG]);

        socket.receive(5_000, (type, flags, octets, offset, length) -> {
            socket.close();
            octets.get(offset);
        });

        assertThat(socket.receive(0, NetlinkSocketTest::ignore)).isEqualTo(Received.CLOSED);
    }

    @Test
    void manySockets_openedAndClosed_leaveNoDescriptors() throws IOException {
        NetlinkSocket.open(NetlinkSocket.ROUTE, BUFFER).close();
        long before = descriptors();

        for (int count = 0; count < 200; count++) {
            NetlinkSocket.open(NetlinkSocket.ROUTE, BUFFER).close();
        }

        assertThat(descriptors()).isLessThan(before + 50);
    }

    @Test
    void socket_opened_belongsToTheNamespaceOfItsThread() throws Exception {
        String name = "fk-nl-" + ProcessHandle.current().pid();
        assumeTrue(Command.of("ip", "netns", "add", name).run().ok(), "needs root and network namespaces");
        try {
            NetlinkSocket inside =
                    NetworkNamespace.named(name).call(() -> NetlinkSocket.open(NetlinkSocket.ROUTE, BUFFER));
            try (inside) {
                CompletableFuture<Integer> links = new CompletableFuture<>();
                int[] count = {0};
                inside.ask(RTM_GETLINK, NetlinkSocket.DUMP, new byte[SIZEOF_IFINFOMSG]);
                inside.receive(5_000, (type, flags, octets, offset, length) -> count[0]++);
                links.complete(count[0]);
                // a new namespace has a loopback, and where modules say so some tunnels, but no Ethernet
                String listed = Command.of("ip", "-n", name, "-o", "link").run().out();
                assertThat(links.get()).isEqualTo((int) listed.lines().count());
            }
        } finally {
            Command.of("ip", "netns", "del", name)
                    .within(Duration.ofSeconds(10))
                    .run();
        }
    }

    private static void ignore(int type, int flags, ByteBuffer octets, int offset, int length) {}

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
