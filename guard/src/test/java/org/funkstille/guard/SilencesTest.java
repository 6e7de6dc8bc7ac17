package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.Traffic;
import org.junit.jupiter.api.Test;

final class SilencesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Silences silences = new Silences();

    @Test
    void flowAfterSilenceBegan_isALeak() {
        silences.begin("gateway", NOON);
        silences.passed(flow(NOON.plusSeconds(1)));
        assertThat(silences.leaks()).containsOnlyKeys("gateway");
    }

    @Test
    void flowBeforeSilenceBegan_isNone() {
        silences.begin("gateway", NOON);
        silences.passed(flow(NOON.minusSeconds(1)));
        assertThat(silences.leaks()).isEmpty();
    }

    @Test
    void flowsOfAWindow_areNone_neitherWhileItIsOpenNorAfterIt() {
        silences.begin("gateway", NOON);
        silences.windowOpened("gateway");
        silences.passed(flow(NOON.plusSeconds(5)));
        assertThat(silences.leaks()).isEmpty();
        silences.begin("gateway", NOON.plusSeconds(10));
        assertThat(silences.leaks()).isEmpty();
    }

    @Test
    void flowOfAWindowThatNobodySaw_isNoLeakOnceItsEndIsKnown_andALaterOneIs() {
        silences.begin("gateway", NOON);
        silences.passed(flow(NOON.plusSeconds(5)));
        silences.windowEnded("gateway", NOON.plusSeconds(10));
        assertThat(silences.leaks()).isEmpty();
        silences.passed(flow(NOON.plusSeconds(11)));
        silences.windowEnded("gateway", NOON.plusSeconds(10));
        assertThat(silences.leaks()).containsOnlyKeys("gateway");
    }

    @Test
    void flowAfterAWindow_isALeak() {
        silences.begin("gateway", NOON);
        silences.windowOpened("gateway");
        silences.begin("gateway", NOON.plusSeconds(10));
        silences.passed(flow(NOON.plusSeconds(11)));
        assertThat(silences.leaks()).containsOnlyKeys("gateway");
    }

    @Test
    void silenceThatHasBegun_isNotBegunAgain_soALeakStays() {
        silences.beginUnlessBegun("gateway", NOON);
        silences.passed(flow(NOON.plusSeconds(1)));
        silences.beginUnlessBegun("gateway", NOON.plusSeconds(2));
        assertThat(silences.leaks()).containsOnlyKeys("gateway");
    }

    @Test
    void manyLeaks_areRememberedInBounds() {
        silences.begin("gateway", NOON);
        for (int second = 1; second <= 10_000; second++) {
            silences.passed(flow(NOON.plusSeconds(second)));
        }
        assertThat(silences.leaks().get("gateway"))
                .hasSizeLessThan(1000)
                .first()
                .isEqualTo(flow(NOON.plusSeconds(1)));
    }

    private static Flow flow(Instant began) {
        return new Flow(
                began, Optional.empty(), "gateway", Homes.udp(Homes.CLOUD, 8053), Optional.empty(), true, Traffic.NONE);
    }
}
