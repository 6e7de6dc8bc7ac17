package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.lab.facade.http.Fault;
import org.funkstille.lab.facade.http.Faults;
import org.funkstille.lab.guarding.RouterUnderTest.Lack;
import org.funkstille.routers.RouterException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every driver owes, on the router that it drives, with real packets. The rules are laid once; each test finds them
 * in force and leaves them so. The last one takes them away.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class RouterContract {

    private static final InetSocketAddress SERVER = new InetSocketAddress(CloudNames.BARE_TCP, Cloud.TLS);
    private static final InetAddress RESOLVER = Addresses.parse("192.168.20.1");
    private static final Duration QUIET = Duration.ofMillis(700);
    private static final int LAST = Integer.MAX_VALUE;

    private @Nullable Lab up;
    private @Nullable RouterUnderTest tested;
    private @Nullable Installation installed;
    private @Nullable Transfer openBefore;
    private String untouched = "";
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** The system takes the lab's router over; closing it is left to the contract. */
    abstract RouterUnderTest takeOver(Lab lab) throws Exception;

    @BeforeAll
    void silence() throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
        up = Lab.up("contract-" + ProcessHandle.current().pid());
        open.push(up);
        tested = takeOver(up);
        open.push(tested);
        untouched = router().configuration();
        installed = Installation.open(router().yaml(), router().secrets());
        open.push(installed);
        openBefore = lab().gateway().openTransfer(SERVER);
        open.push(openBefore);
        assertThat(openBefore.awaitProgress(PATIENCE)).as("before, it gets out").isTrue();
        await().atMost(PATIENCE).until(() -> reaches(Family.IPV4) && reaches(Family.IPV6));
        installation().apply();
        pin();
        installation().apply();
    }

    @AfterAll
    void takeDown() throws Exception {
        Exception first = null;
        while (!open.isEmpty()) {
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

    Lab lab() {
        return Objects.requireNonNull(up);
    }

    RouterUnderTest router() {
        return Objects.requireNonNull(tested);
    }

    Installation installation() {
        return Objects.requireNonNull(installed);
    }

    private void pin() {
        await().atMost(PATIENCE).until(() -> {
            lab().gateway().renewLease();
            return lab().gateway().address().equals(Optional.of(GuardedLab.PINNED));
        });
    }

    private boolean reaches(Family family) throws Exception {
        return lab().cloud().arrivals().stream()
                .filter(GatewayCalls::includes)
                .anyMatch(arrival -> arrival.destination().family() == family);
    }

    /** A device that was seen with another address a moment ago is one more thing to do; then there is nothing more. */
    private void settle() throws Exception {
        pin();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(installation().driver().observe().neighbours())
                    .anyMatch(neighbour -> neighbour.address().equals(GuardedLab.PINNED)
                            && neighbour.mac().equals(lab().gateway().mac()));
            installation().apply();
            assertThat(installation().toDo()).isEmpty();
        });
    }

    /** It goes on trying, and nothing arrives. */
    private void assertSilent() throws Exception {
        // What was on its way when the rules came may still arrive.
        await().atMost(PATIENCE).untilAsserted(() -> {
            lab().cloud().clear();
            long attempts = lab().gateway().calls().attempts();
            await().atMost(PATIENCE).until(() -> lab().gateway().calls().attempts() > attempts + 10);
            assertThat(lab().cloud().arrivals()).noneMatch(this::counts);
        });
        long attempts = lab().gateway().calls().attempts();
        await().atMost(PATIENCE).until(() -> lab().gateway().calls().attempts() > attempts + 20);
        assertThat(lab().cloud().arrivals()).noneMatch(this::counts);
    }

    private boolean counts(Arrival arrival) {
        return GatewayCalls.includes(arrival)
                && (router().coversIpv6() || arrival.destination().family() == Family.IPV4);
    }

    @Test
    void itHasTheAddressThatItWasPinnedTo() throws Exception {
        pin();
        assertThat(installation().driver().observe().reservations())
                .anyMatch(reservation -> reservation.address().equals(GuardedLab.PINNED));
    }

    @Test
    void nothingOfItReachesTheCloudInEitherFamily() throws Exception {
        assertSilent();
    }

    @Test
    void aFlowThatWasOpenBeforeIsCut() throws Exception {
        assertThat(Objects.requireNonNull(openBefore).awaitProgress(QUIET)).isFalse();
    }

    @Test
    void theRoutersResolverIsNoWayOut() throws Exception {
        assumeFalse(router().lacks().contains(Lack.REFUSAL_OF_ITS_OWN_SERVICES), "this router cannot");
        assertThat(Probe.udp(lab().gateway().host(), RESOLVER, Cloud.DNS).answer())
                .isNotEqualTo(Probe.Answer.ANSWERED);
    }

    @Test
    void othersStillReachTheInternet() throws Exception {
        long answers = lab().vacuum().calls().answers();
        await().atMost(PATIENCE).until(() -> lab().vacuum().calls().answers() > answers + 3);
        InetAddress server = CloudNames.resolve("www.example.com", Family.IPV4).getFirst();
        assertThat(Probe.tcp(lab().phone().host(), server, Cloud.TLS).answer()).isEqualTo(Probe.Answer.ANSWERED);
    }

    @Test
    void theVerdictIsSilentOfTheGradeThatThisRouterReaches() throws Exception {
        settle();
        Verdict verdict = await().atMost(Duration.ofSeconds(30))
                .until(() -> installation().inspect(GATEWAY), found -> found.status() == Status.SILENT);
        assertThat(verdict.grade()).as(verdict.toString()).isEqualTo(router().grade());
    }

    @Test
    void aSecondLookFindsNothingToDo() throws Exception {
        settle();
        try (Installation again = installation().again()) {
            assertThat(Planner.plan(again.home(), again.driver().observe()).changes())
                    .isEmpty();
        }
    }

    @Test
    void rulesThatSomebodyTookAwayAreMissedAndLaidAgain() throws Exception {
        try (Installation somebody = installation().again()) {
            somebody.driver().uninstall();
        }
        assertThat(installation().toDo()).isNotEmpty();
        installation().apply();
        settle();
        assertSilent();
    }

    @Test
    void anOwnersRuleThatLetsEverythingOutDoesNotLetItOut() throws Exception {
        assumeFalse(router().lacks().contains(Lack.RULES_OF_ITS_OWNER), "there are none");
        router().ownerLetsEverythingOut();
        try {
            installation().apply();
            assertSilent();
        } finally {
            router().ownerTakesThatBack();
            installation().apply();
        }
    }

    @Test
    void aRestartOfTheRouterChangesNothing() throws Exception {
        router().restart();
        assertSilent();
        settle();
    }

    @Test
    void aWindowLetsItOutAndIsClosedWithNobodyThereToHelp() throws Exception {
        installation().windows().open(installation().device(GATEWAY), router().window(), "update");
        await().atMost(PATIENCE).until(() -> {
            lab().cloud().clear();
            await().pollDelay(QUIET).until(() -> true);
            return reaches(Family.IPV4);
        });
        router().letTimePass(router().window());
        if (router().lacks().contains(Lack.CLOSING_OF_WINDOWS)) {
            installation().apply();
        }
        if (router().lacks().contains(Lack.CUTTING_AT_THE_END_OF_A_WINDOW)) {
            installation()
                    .driver()
                    .cutFlows(installation()
                            .driver()
                            .observe()
                            .addressesOf(installation().device(GATEWAY)));
        }
        assertSilent();
        installation().apply();
        assertThat(installation().driver().observe().windows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void aRouterThatRefusesIsToldInPlainWordsAndTheVerdictIsNotSilent(int status) throws Exception {
        Faults faults = faults();
        faults.all(Faults.ANY, "/", Fault.status(status, "no"));
        try {
            // A driver of its own: whoever was told that his password is wrong does not try it again.
            Throwable failure =
                    catchThrowable(() -> installation().again().driver().observe());
            assertThat(failure).isInstanceOf(RouterException.class).hasMessageContaining("home");
            assertThatThrownBy(() -> installation().again().inspect(GATEWAY)).isInstanceOf(RouterException.class);
            router().secrets()
                    .values()
                    .forEach(secret -> assertThat(String.valueOf(failure)).doesNotContain(secret));
        } finally {
            faults.clear();
        }
    }

    @Test
    void halfAnAnswerIsNoAnswer() {
        Faults faults = faults();
        faults.all(Faults.ANY, "/", new Fault.HalfAnAnswer());
        try {
            assertThatThrownBy(() -> installation().again().driver().observe())
                    .isInstanceOf(RouterException.Unreachable.class);
        } finally {
            faults.clear();
        }
    }

    @Test
    void aRouterThatSaysYesAndDoesNothingIsFoundOut() throws Exception {
        Faults faults = faults();
        try (Installation somebody = installation().again()) {
            somebody.driver().uninstall();
        }
        faults.all("POST", "/", new Fault.OkAndDoNothing());
        faults.all("PUT", "/", new Fault.OkAndDoNothing());
        faults.all("PATCH", "/", new Fault.OkAndDoNothing());
        try {
            assertThatThrownBy(() -> installation().apply()).isInstanceOf(RouterException.class);
        } finally {
            faults.clear();
        }
        installation().apply();
        settle();
        assertSilent();
    }

    @Test
    void aFaultInTheMiddleOfAChangeLeavesNothingHalfDone() throws Exception {
        Faults faults = faults();
        try (Installation somebody = installation().again()) {
            somebody.driver().uninstall();
        }
        faults.next(1, "POST", "/", Fault.status(500, "no"));
        try {
            assertThatThrownBy(() -> installation().apply()).isInstanceOf(RouterException.class);
        } finally {
            faults.clear();
        }
        installation().apply();
        settle();
        assertSilent();
    }

    @Test
    @Order(LAST - 1)
    void aCertificateThatChangedStopsTheDriver() throws Exception {
        RouterUnderTest.Web web = router().web().orElseThrow(() -> skipped());
        Object ignored = web.newCertificate().call();
        assertThatThrownBy(() -> installation().again().driver().observe())
                .isInstanceOf(RouterException.CertificateChanged.class);
        Files.delete(installation().state().folder().resolve("certificates"));
        settle();
    }

    @Test
    @Order(LAST)
    void uninstallingLeavesTheOwnersConfigurationAsItWas() throws Exception {
        installation().driver().uninstall();
        assertThat(router().configuration()).isEqualTo(untouched);
        installation().driver().uninstall();
        assertThat(router().configuration()).isEqualTo(untouched);
    }

    private Faults faults() {
        return router().web().orElseThrow(() -> skipped()).faults();
    }

    private static org.opentest4j.TestAbortedException skipped() {
        return new org.opentest4j.TestAbortedException("this router does not speak HTTP");
    }
}
