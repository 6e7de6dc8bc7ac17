package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;
import static org.funkstille.lab.guarding.GuardedLab.PINNED;
import static org.funkstille.lab.guarding.GuardedLab.VACUUM;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.verdict.Status;
import org.funkstille.kernel.Command;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.network.Card;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Devices that do not keep to the addresses that they were given. */
@Timeout(60)
class AddressesTest {

    private static final InetAddress OTHER = Addresses.parse("192.168.20.77");
    private static final InetAddress SERVER =
            CloudNames.resolve("www.example.com", Family.IPV4).getFirst();

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    private static @Nullable RunningGuard running;

    private final Lab lab = HOME.lab();

    @BeforeAll
    static void silence() throws Exception {
        running = HOME.silentGateway();
    }

    private static RunningGuard guard() {
        return Objects.requireNonNull(running);
    }

    @BeforeEach
    void forgetWhatArrived() throws Exception {
        guard().seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        lab.cloud().clear();
    }

    @AfterEach
    void putAllBack() throws Exception {
        if (!vacuumsMac().equals(lab.vacuum().mac().toString())) {
            lab.vacuum().takeMac(lab.vacuum().mac());
        }
        lab.vacuum().renewLease();
        await().atMost(PATIENCE)
                .until(() ->
                        lab.vacuum().address().filter(a -> !a.equals(PINNED)).isPresent());
        HOME.pinGateway();
    }

    private String vacuumsMac() throws Exception {
        return lab.vacuum().host().inside(() -> {
            byte[] octets = NetworkInterface.getByName(Card.INTERFACE).getHardwareAddress();
            return HexFormat.ofDelimiter(":").formatHex(octets);
        });
    }

    @Test
    void aDeviceWithIPv6AloneIsSilentAndItsAttemptsAreKept() throws Exception {
        lab.gateway().moveTo(OTHER);
        lab.gateway().host().run(Command.of("ip", "-4", "addr", "flush", "dev", Card.INTERFACE));
        assertThat(lab.gateway().address()).isEmpty();
        lab.cloud().clear();
        assertThat(Probe.tcp(lab.gateway().host(), CloudNames.BARE_IPV6, Cloud.TLS)
                        .answer())
                .isNotEqualTo(Probe.Answer.ANSWERED);
        guard().seen()
                .awaitAttempt(
                        "over IPv6",
                        target -> target.device().equals(GATEWAY)
                                && target.destination()
                                        .equals(new Endpoint(CloudNames.BARE_IPV6, Protocol.TCP, Cloud.TLS)),
                        PATIENCE);
        guard().seen().awaitMoreAttempts(GATEWAY, 5, PATIENCE);
        assertThat(lab.cloud().arrivals()).noneMatch(GatewayCalls::includes);
    }

    @Test
    void aDeviceThatMovesToAnotherAddressStaysSilentAndIsKnownByItsMac() throws Exception {
        lab.gateway().moveTo(OTHER);
        lab.cloud().clear();
        Endpoint web = new Endpoint(SERVER, Protocol.TCP, Cloud.TLS);
        assertThat(Probe.tcp(lab.gateway().host(), SERVER, Cloud.TLS).answer()).isEqualTo(Probe.Answer.REFUSED);
        guard().seen()
                .awaitAttempt(
                        "from its new address",
                        target -> target.device().equals(GATEWAY)
                                && target.destination().equals(web),
                        PATIENCE);
        guard().seen().awaitMoreAttempts(GATEWAY, 10, PATIENCE);
        assertThat(lab.cloud().arrivals()).noneMatch(GatewayCalls::includes);
        // In a window its flows are its own, wherever it lives now.
        guard().installation()
                .again()
                .windows()
                .open(guard().installation().device(GATEWAY), Duration.ofSeconds(30), "moved");
        try {
            await().atMost(PATIENCE)
                    .until(() ->
                            Probe.tcp(lab.gateway().host(), SERVER, Cloud.TLS).answer() == Probe.Answer.ANSWERED);
            await().atMost(PATIENCE)
                    .until(() -> guard().seen().flows(GATEWAY).stream()
                            .anyMatch(flow -> flow.destination().equals(web)));
        } finally {
            guard().installation()
                    .again()
                    .windows()
                    .close(guard().installation().device(GATEWAY));
        }
        guard().seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
    }

    @Test
    void aStrangerWithThePinnedAddressIsRefusedAsWell() throws Exception {
        moveGatewayAway();
        lab.vacuum().takeMac(Mac.parse("02:00:00:00:00:99"));
        lab.vacuum().stealAddress(PINNED);
        Endpoint web = new Endpoint(SERVER, Protocol.TCP, Cloud.TLS);
        lab.cloud().clear();
        assertThat(Probe.tcp(lab.vacuum().host(), SERVER, Cloud.TLS).answer()).isEqualTo(Probe.Answer.REFUSED);
        guard().seen()
                .awaitAttempt(
                        "of the stranger, as the device's whose address it uses",
                        target -> target.device().equals(GATEWAY)
                                && target.destination().equals(web),
                        PATIENCE);
        assertThat(lab.cloud().arrivals())
                .noneMatch(arrival -> arrival.destination().equals(web));
    }

    @Test
    void anOnlineDeviceWithASilentDevicesAddressIsRefused() throws Exception {
        moveGatewayAway();
        assertThat(Probe.tcp(lab.vacuum().host(), SERVER, Cloud.TLS).answer()).isEqualTo(Probe.Answer.ANSWERED);
        lab.vacuum().stealAddress(PINNED);
        Endpoint web = new Endpoint(SERVER, Protocol.TCP, Cloud.TLS);
        lab.cloud().clear();
        assertThat(Probe.tcp(lab.vacuum().host(), SERVER, Cloud.TLS).answer()).isEqualTo(Probe.Answer.REFUSED);
        guard().seen()
                .awaitAttempt(
                        "of the vacuum",
                        target -> target.device().equals(VACUUM)
                                && target.destination().equals(web),
                        PATIENCE);
        assertThat(lab.cloud().arrivals())
                .noneMatch(arrival -> arrival.destination().equals(web));
    }

    private void moveGatewayAway() throws Exception {
        lab.gateway().moveTo(OTHER);
        assertThat(lab.gateway().address()).isEqualTo(Optional.of(OTHER));
    }
}
