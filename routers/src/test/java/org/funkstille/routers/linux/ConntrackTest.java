package org.funkstille.routers.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.routers.OpenFlow;
import org.junit.jupiter.api.Test;

/** Lines as conntrack-tools 1.4.7 prints them. */
final class ConntrackTest {

    @Test
    void tcpLine_isReadByItsFirstTuple() {
        assertThat(Conntrack.flow("tcp      6 431999 ESTABLISHED src=192.168.20.50 dst=42.62.94.185 sport=40112"
                        + " dport=80 packets=8 bytes=448 src=42.62.94.185 dst=198.51.100.2 sport=80 dport=40112"
                        + " packets=7 bytes=392 [ASSURED] mark=0 use=1"))
                .contains(flow("192.168.20.50", 40112, "42.62.94.185", Protocol.TCP, 80));
    }

    @Test
    void udpLineOverIpv6_isRead() {
        assertThat(Conntrack.flow("udp      17 29 src=2001:db8:20::5 dst=2001:db8:c10d::10 sport=8053 dport=8053"
                        + " [UNREPLIED] src=2001:db8:c10d::10 dst=2001:db8:20::5 sport=8053 dport=8053 mark=0 use=1"))
                .contains(flow("2001:db8:20::5", 8053, "2001:db8:c10d::10", Protocol.UDP, 8053));
    }

    @Test
    void pingAndUnknownProtocols_haveNoPorts() {
        assertThat(Conntrack.flow("icmp     1 29 src=192.168.20.50 dst=8.8.8.8 type=8 code=0 id=7 src=8.8.8.8"
                        + " dst=192.168.20.50 type=0 code=0 id=7 mark=0 use=1"))
                .contains(flow("192.168.20.50", 0, "8.8.8.8", Protocol.ICMP, 0));
        assertThat(Conntrack.flow("unknown  47 599 src=192.168.20.50 dst=8.8.8.8 src=8.8.8.8 dst=192.168.20.50 use=1"))
                .contains(flow("192.168.20.50", 0, "8.8.8.8", new Protocol(47), 0));
    }

    @Test
    void lineWithTheFamilyInFront_isRead() {
        assertThat(Conntrack.flow("ipv4     2 udp      17 29 src=192.168.20.50 dst=8.8.8.8 sport=5 dport=53 src=8.8.8.8"
                        + " dst=192.168.20.50 sport=53 dport=5 use=1"))
                .contains(flow("192.168.20.50", 5, "8.8.8.8", Protocol.UDP, 53));
    }

    @Test
    void anythingElse_isNothing() {
        assertThat(Conntrack.flow("")).isEmpty();
        assertThat(Conntrack.flow("conntrack v1.4.7 (conntrack-tools): 3 flow entries have been shown."))
                .isEmpty();
        assertThat(Conntrack.flow("tcp 6 1 src=nobody dst=8.8.8.8 sport=1 dport=2 x"))
                .isEmpty();
    }

    private static OpenFlow flow(String source, int sourcePort, String destination, Protocol protocol, int port) {
        return new OpenFlow(
                Addresses.parse(source), sourcePort, new Endpoint(Addresses.parse(destination), protocol, port));
    }
}
