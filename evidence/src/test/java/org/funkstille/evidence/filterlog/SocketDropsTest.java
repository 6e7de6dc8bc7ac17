package org.funkstille.evidence.filterlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.junit.jupiter.api.Test;

class SocketDropsTest {

    private static final int SENT = 500;

    @Test
    void dropped_areCountedOnce_inBothFamilies() throws Exception {
        for (String loopback : List.of("127.0.0.1", "::1")) {
            InetAddress address = Addresses.parse(loopback);
            StandardProtocolFamily family =
                    loopback.equals("::1") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
            try (DatagramChannel full = DatagramChannel.open(family);
                    DatagramChannel sender = DatagramChannel.open(family)) {
                full.setOption(StandardSocketOptions.SO_RCVBUF, 4096).bind(new InetSocketAddress(address, 0));
                full.configureBlocking(false);
                InetSocketAddress bound = (InetSocketAddress) full.getLocalAddress();
                SocketDrops drops = SocketDrops.of(bound);
                for (int count = 0; count < SENT; count++) {
                    sender.send(ByteBuffer.allocate(100), bound);
                }
                int received = 0;
                while (full.receive(ByteBuffer.allocate(100)) != null) {
                    received++;
                }

                assertThat(received).isLessThan(SENT);
                assertThat(drops.fresh()).isEqualTo(SENT - received);
                assertThat(drops.fresh()).isZero();
            }
        }
    }

    @Test
    void socketThatTheKernelDoesNotShow_isAnError() {
        assertThatThrownBy(() -> SocketDrops.of(new InetSocketAddress(Addresses.parse("127.0.0.1"), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not show our socket");
    }
}
