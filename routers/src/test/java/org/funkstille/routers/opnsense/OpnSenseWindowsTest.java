package org.funkstille.routers.opnsense;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.router.OpenWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpnSenseWindowsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static Alias alias(String description, Optional<Duration> expire) {
        return new Alias("u", "fs_cam_window", description, "external", true, List.of(), expire);
    }

    @ParameterizedTest
    @CsvSource({"PT10S, 60", "PT60S, 60", "PT60.001S, 61", "PT15M, 900", "PT2H, 7200"})
    void theRouterTakesWholeSecondsAndAtLeast60(Duration length, long seconds) {
        assertThat(OpnSenseWindows.expiry(length)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"PT10S", "PT60S", "PT15M", "PT59M59S", "PT1H", "PT2H"})
    void theRouterClosesAtTheLatestWhenCronLooksAfterTheEntryIsOldEnough(Duration length) {
        Instant until = NOW.plus(length);
        Duration expire = OpnSenseWindows.expiry(length);
        Duration every = length.compareTo(Duration.ofHours(1)) < 0 ? Duration.ofMinutes(1) : Duration.ofMinutes(15);

        Instant closes = OpnSenseWindows.closes(until, expire);

        assertThat(closes).isAfterOrEqualTo(NOW.plus(expire).plus(every));
        assertThat(closes).isBeforeOrEqualTo(NOW.plus(expire).plus(every).plusSeconds(61));
    }

    @Test
    void aWindowIsOpenWhilePfHasAnythingInItsTable() {
        Instant until = NOW.plus(Duration.ofMinutes(15));
        Alias open = alias("funkstille:cam window until " + until, Optional.of(Duration.ofMinutes(15)));
        Map<String, Optional<List<String>>> filled =
                Map.of("fs_cam_window", Optional.of(List.of("192.168.1.50", "2001:db8::50")));

        assertThat(OpnSenseWindows.open(List.of(open), filled, NOW))
                .containsExactly(new OpenWindow("cam", until, Optional.of(until.plusSeconds(61))));
        assertThat(OpnSenseWindows.open(List.of(open), Map.of("fs_cam_window", Optional.of(List.of())), NOW))
                .isEmpty();
    }

    @Test
    void whereEntriesDoNotExpireTheRouterNeverClosesIt() {
        Instant until = NOW.plus(Duration.ofMinutes(15));
        Alias open = alias("funkstille:cam window until " + until, Optional.empty());

        assertThat(OpnSenseWindows.open(List.of(open), Map.of("fs_cam_window", Optional.of(List.of("::1"))), NOW))
                .containsExactly(new OpenWindow("cam", until, Optional.empty()));
    }

    @Test
    void whatNobodyAskedForIsOverdueAtOnce() {
        Alias open = alias("funkstille:cam window", Optional.of(Duration.ofMinutes(1)));

        assertThat(OpnSenseWindows.open(List.of(open), Map.of("fs_cam_window", Optional.of(List.of("::1"))), NOW))
                .singleElement()
                .satisfies(window -> assertThat(window.overdue(NOW)).isTrue());
    }

    @Test
    void theEndOfTheLastWindowIsNoDifferenceToWhatIsWanted() {
        Alias after = alias("funkstille:cam window until 2026-11-23T10:00:00Z", Optional.empty());

        assertThat(after.found().description()).isEqualTo("funkstille:cam window");
        assertThat(after.until()).hasValue(NOW);
        assertThat(alias("funkstille:cam window until tomorrow", Optional.empty())
                        .until())
                .isEmpty();
    }
}
