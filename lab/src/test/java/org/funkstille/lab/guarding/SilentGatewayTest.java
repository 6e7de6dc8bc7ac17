package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;
import static org.funkstille.lab.guarding.GuardedLab.PINNED;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.core.verdict.Witness;
import org.funkstille.journal.Order;
import org.funkstille.journal.StoredAttempt;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that was online, from the moment on at which a guard silences it. */
@Timeout(60)
class SilentGatewayTest {

    private static final InetAddress ROUTER = Addresses.parse("192.168.20.1");

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    private static @Nullable RunningGuard running;
    private static Set<Endpoint> reachedBefore = Set.of();

    private final Lab lab = HOME.lab();

    private static RunningGuard guard() {
        return Objects.requireNonNull(running);
    }

    @BeforeAll
    static void silence() throws Exception {
        await().atMost(PATIENCE).until(() -> reached().containsAll(GatewayCalls.ALL));
        reachedBefore = reached();
        running = HOME.silentGateway();
        // What the router let through before the first cycle ended may still be on its way through the cloud.
        guard().seen().awaitMoreAttempts(GATEWAY, 1, PATIENCE);
        HOME.lab().cloud().clear();
    }

    private static Set<Endpoint> reached() throws Exception {
        return HOME.lab().cloud().arrivals().stream().map(Arrival::destination).collect(Collectors.toSet());
    }

    @Test
    void nothingOfItReachesTheCloudInEitherFamily() throws Exception {
        List<InetAddress> addresses6 = lab.gateway().addresses6();
        for (Endpoint destination : GatewayCalls.ALL) {
            guard().seen()
                    .awaitAttempt(
                            destination.toString(),
                            target -> target.device().equals(GATEWAY)
                                    && target.destination().equals(destination),
                            PATIENCE);
        }
        assertThat(reachedBefore).containsAll(GatewayCalls.ALL);
        assertThat(lab.cloud().arrivals())
                .noneMatch(GatewayCalls::includes)
                .noneMatch(arrival -> addresses6.contains(arrival.source()));
        assertThat(lab.cloud().queries()).noneMatch(GatewayCalls::includes);
    }

    @Test
    void itsQuestionsToTheRoutersResolverAreRefusedAndKeptWithTheNameAskedFor() throws Exception {
        for (String name : List.of(CloudNames.OT, CloudNames.OTT)) {
            guard().seen()
                    .awaitAttempt(
                            "question for " + name,
                            target -> target.destination().equals(new Endpoint(ROUTER, Protocol.UDP, Cloud.DNS))
                                    && target.name().equals(Optional.of(name)),
                            PATIENCE);
        }
        assertThat(attempts()).anySatisfy(attempt -> {
            assertThat(attempt.destination().port()).isEqualTo(Cloud.DNS);
            assertThat(attempt.destination().address()).isEqualTo(ROUTER);
            assertThat(attempt.name()).contains(CloudNames.OT);
        });
        assertThat(Probe.udp(lab.gateway().host(), ROUTER, Cloud.DNS).answer()).isNotEqualTo(Probe.Answer.ANSWERED);
    }

    @Test
    void theJournalTellsFamilyProtocolPortAndName() throws Exception {
        // The names of addresses are learnt from what the resolver tells others.
        lab.exec("phone", "getent", "ahostsv4", CloudNames.OT);
        guard().seen()
                .awaitAttempt(
                        "with a learnt name",
                        target -> target.destination()
                                        .equals(new Endpoint(GatewayCalls.OT4, Protocol.UDP, Cloud.MIIO_UDP))
                                && target.name().equals(Optional.of(CloudNames.OT)),
                        PATIENCE);
        guard().seen()
                .awaitAttempt(
                        "over IPv6",
                        target -> target.destination()
                                .equals(new Endpoint(CloudNames.BARE_IPV6, Protocol.TCP, Cloud.MIIO_TCP)),
                        PATIENCE);
        assertThat(attempts())
                .anyMatch(attempt ->
                        attempt.destination().equals(new Endpoint(GatewayCalls.OT4, Protocol.UDP, Cloud.MIIO_UDP))
                                && attempt.name().equals(Optional.of(CloudNames.OT)))
                .anyMatch(attempt -> attempt.destination().family() == Family.IPV6
                        && attempt.destination().protocol().equals(Protocol.TCP)
                        && attempt.destination().port() == Cloud.MIIO_TCP);
    }

    private static List<Attempt> attempts() throws Exception {
        return guard().journal().attempts(Instant.EPOCH, Optional.of(GATEWAY), Order.NEWEST_FIRST, 10_000).stream()
                .map(StoredAttempt::attempt)
                .toList();
    }

    @Test
    void theHubGoesOnHearingItAndBeingAnswered() throws Exception {
        assertThat(lab.hub().awaitReports(2, PATIENCE)).isTrue();
        assertThat(lab.hub().awaitAnswers(2, PATIENCE)).isTrue();
    }

    @Test
    void othersStillReachTheInternet() throws Exception {
        long answers = lab.vacuum().calls().answers();
        await().atMost(PATIENCE).until(() -> lab.vacuum().calls().answers() > answers + 3);
        InetAddress server = CloudNames.resolve("www.example.com", Family.IPV4).getFirst();
        InetAddress server6 = CloudNames.resolve("www.example.com", Family.IPV6).getFirst();
        assertThat(Probe.tcp(lab.phone().host(), server, Cloud.TLS).answer()).isEqualTo(Probe.Answer.ANSWERED);
        assertThat(Probe.tcp(lab.phone().host(), server6, Cloud.TLS).answer()).isEqualTo(Probe.Answer.ANSWERED);
    }

    @Test
    void fiveWitnessesSayThatItIsSilent() throws Exception {
        Verdict verdict = guard().seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        assertThat(verdict.witnesses()).hasSize(5).allMatch(witness -> witness.says() == Witness.Says.YES);
        assertThat(verdict.because()).isEmpty();
        assertThat(guard().journal().lastVerdict(GATEWAY).orElseThrow().status())
                .isEqualTo(Status.SILENT.word());
        Verdict inspected = guard().installation().again().inspect(GATEWAY);
        assertThat(inspected.status()).as(inspected.toString()).isEqualTo(Status.SILENT);
    }

    @Test
    void itStillGetsItsAddressFromTheRouter() throws Exception {
        HOME.pinGateway();
        assertThat(lab.router().leases())
                .anyMatch(line -> line.contains(lab.gateway().mac() + " " + Addresses.text(PINNED)));
    }

    @Test
    void theRouterAnswersItsPingSinceItsModelWantsThat() throws Exception {
        assertThat(lab.exec("gateway", "ping", "-c", "1", "-W", "1", "192.168.20.1")
                        .ok())
                .isTrue();
        assertThat(lab.exec("gateway", "ping", "-c", "1", "-W", "1", "8.8.8.8").ok())
                .isFalse();
    }
}
