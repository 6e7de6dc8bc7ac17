package org.funkstille.routers.opnsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Set;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.routers.OpenFlow;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows as scripts/filter/lib/states.py makes them. */
final class StatesTest {

    private static final InetAddress DEVICE = Addresses.parse("192.168.1.50");
    private static final InetAddress DEVICE6 = Addresses.parse("2001:db8:1::50");
    private static final String QUERY = "diagnostics/firewall/query_states";

    private static final String IN =
            row("a1", "in", "tcp", "192.168.1.50", "4000", "198.51.100.7", "443", "null", "null");
    private static final String OUT =
            row("a2", "out", "tcp", "203.0.113.2", "61000", "198.51.100.7", "443", "\"192.168.1.50\"", "\"4000\"");
    private static final String IN6 =
            row("a3", "in", "udp", "2001:db8:1::50", "5353", "2001:db8:f::7", "53", "null", "null");
    /** What an answer from outside made after only the first state was ended. */
    private static final String BACKWARDS =
            row("a4", "out", "udp", "198.51.100.9", "123", "192.168.1.50", "4123", "null", "null");

    private static final String OF_HUB =
            row("b1", "out", "tcp", "192.168.2.10", "5000", "192.168.1.50", "80", "null", "null");
    private static final String OF_OTHER =
            row("b2", "in", "tcp", "192.168.1.5", "5000", "198.51.100.7", "80", "null", "null");

    private final StubRouter router = new StubRouter();
    private final Prefix house = Prefix.parse("192.168.0.0/16");
    private final States states = new States(router.api(), house::contains);

    @AfterEach
    void close() {
        router.close();
    }

    private static String row(
            String id,
            String direction,
            String protocol,
            String source,
            String sourcePort,
            String destination,
            String port,
            String nat,
            String natPort) {
        return """
                {"id":"%s/6a5b1c2d","direction":"%s","proto":"%s","src_addr":"%s","src_port":"%s","dst_addr":"%s","dst_port":"%s",
                 "nat_addr":%s,"nat_port":%s,"pkts":[3,2],"bytes":[300,200],"label":"","iface":"all"}""".formatted(id, direction, protocol, source, sourcePort, destination, port, nat, natPort);
    }

    private void holds(String... rows) {
        router.answers(QUERY, "{\"rows\":[" + String.join(",", rows) + "],\"total\":" + rows.length + "}");
    }

    @Test
    void aFlowThroughTheRouterIsOneHoweverManyStatesItHas() throws RouterException {
        holds(IN, OUT, IN6, OF_HUB, OF_OTHER);

        assertThat(states.open(Set.of(DEVICE, DEVICE6)))
                .containsExactlyInAnyOrder(
                        new OpenFlow(DEVICE, 4000, new Endpoint(Addresses.parse("198.51.100.7"), Protocol.TCP, 443)),
                        new OpenFlow(DEVICE6, 5353, new Endpoint(Addresses.parse("2001:db8:f::7"), Protocol.UDP, 53)));
    }

    @Test
    void aDestinationThatWasRedirectedIsToldAsTheDeviceAskedForIt() throws RouterException {
        holds(row("c1", "in", "udp", "192.168.1.50", "4000", "192.168.1.1", "53", "\"8.8.8.8\"", "\"53\""));

        assertThat(states.open(Set.of(DEVICE)))
                .containsExactly(
                        new OpenFlow(DEVICE, 4000, new Endpoint(Addresses.parse("8.8.8.8"), Protocol.UDP, 53)));
    }

    @Test
    void flowsAreFollowedByTheStateInWhichTheyCameIn() throws RouterException {
        holds(IN, OUT);

        assertThat(states.tracked(house::contains)).singleElement().satisfies(flow -> {
            assertThat(flow.key().id()).isEqualTo(0xa1);
            assertThat(flow.traffic()).isEqualTo(new Traffic(3, 300, 2, 200));
        });
    }

    @Test
    void whatTheDeviceBeganIsEndedByIdInBothFamiliesAndNothingElse() throws RouterException {
        router.answersTo(
                QUERY,
                body -> ended(4)
                        ? "{\"rows\":[" + OF_HUB + "," + OF_OTHER + "]}"
                        : "{\"rows\":[" + String.join(",", IN, OUT, IN6, BACKWARDS, OF_HUB, OF_OTHER) + "]}");
        for (String id : new String[] {"a1", "a2", "a3", "a4"}) {
            router.answers("diagnostics/firewall/del_state/" + id + "/6a5b1c2d", "{\"result\":\"killed 1 states\"}");
        }

        assertThat(states.cut(Set.of(DEVICE, DEVICE6))).isEqualTo(3);
        assertThat(router.paths())
                .containsExactly(
                        QUERY,
                        "diagnostics/firewall/del_state/a1/6a5b1c2d",
                        "diagnostics/firewall/del_state/a2/6a5b1c2d",
                        "diagnostics/firewall/del_state/a3/6a5b1c2d",
                        "diagnostics/firewall/del_state/a4/6a5b1c2d",
                        QUERY);
    }

    private boolean ended(int number) {
        return router.paths().stream()
                        .filter(path -> path.contains("del_state"))
                        .count()
                >= number;
    }

    @Test
    void statesThatTheRouterSaysItEndedAndDidNotAreTold() {
        holds(IN);
        router.answers("diagnostics/firewall/del_state/a1/6a5b1c2d", "{\"result\":\"killed 0 states\"}");

        assertThatThrownBy(() -> states.cut(Set.of(DEVICE)))
                .isInstanceOf(RouterException.ReadBackDiffers.class)
                .hasMessageContaining("198.51.100.7");
    }
}
