package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.verdict.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody changes our rules by hand while a guard runs that is not due for ten minutes. */
@Timeout(60)
class RepairTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    private static @Nullable RunningGuard running;
    private static String ownersRules = "";

    private int driftsBefore;

    @BeforeAll
    static void silence() throws Exception {
        ownersRules = HOME.ownersRules();
        running = HOME.silentGateway();
    }

    private static RunningGuard guard() {
        return Objects.requireNonNull(running);
    }

    @BeforeEach
    void countDrifts() throws Exception {
        guard().seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        guard().journal();
        driftsBefore = guard().installation().changes("drift").size();
    }

    @Test
    void aRuleThatWasDeletedIsBackAtOnce() throws Exception {
        String chain = HOME.router("nft", "-a", "list", "chain", "inet", "funkstille", "silent_reject");
        Matcher refusal = Pattern.compile("goto refuse_reject # handle (\\d+)").matcher(chain);
        assertThat(refusal.find()).isTrue();
        HOME.nft("delete rule inet funkstille silent_reject handle " + refusal.group(1));
        assertRepaired();
        assertThat(HOME.ownersRules()).isEqualTo(ownersRules);
    }

    @Test
    void aRuleThatWasPutInFrontIsGoneAtOnce() throws Exception {
        HOME.nft("insert rule inet funkstille forward accept");
        assertRepaired();
        assertThat(HOME.ownersRules()).isEqualTo(ownersRules);
    }

    @Test
    void anElementThatWasDeletedIsBackAtOnce() throws Exception {
        HOME.nft("delete element inet funkstille device_by_mac { 78:11:dc:12:34:56 : goto silent_reject }");
        assertRepaired();
        assertThat(HOME.ownersRules()).isEqualTo(ownersRules);
    }

    @Test
    void aDeletedTableIsBackAtOnce() throws Exception {
        HOME.nft("delete table inet funkstille");
        assertRepaired();
        assertThat(HOME.ownersRules()).isEqualTo(ownersRules);
    }

    @Test
    void aFlushedRuleSetGetsOursBackAtOnceAndNothingElse() throws Exception {
        try {
            HOME.nft("flush ruleset");
            assertRepaired();
            assertThat(HOME.router("nft", "list", "tables").strip()).isEqualTo("table inet funkstille");
        } finally {
            HOME.router("nft", "-f", HOME.lab().router().root() + "/etc/nftables.conf");
            ownersRules = HOME.ownersRules();
        }
    }

    private void assertRepaired() throws Exception {
        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> guard().seen().notes("drift").size() > driftsBefore);
        await().atMost(AT_ONCE).until(() -> guard().installation().again().inOrder());
        guard().journal();
        assertThat(guard().installation().changes("drift")).hasSizeGreaterThan(driftsBefore);
        HOME.lab().cloud().clear();
        guard().seen().awaitMoreAttempts(GATEWAY, 10, PATIENCE);
        assertThat(HOME.lab().cloud().arrivals()).noneMatch(GatewayCalls::includes);
        guard().seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
    }
}
