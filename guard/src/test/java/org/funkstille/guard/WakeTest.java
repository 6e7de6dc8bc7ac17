package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WakeTest {

    private final Wake wake = new Wake();

    @Test
    void whatWasWantedBeforehand_isNotMissed() throws Exception {
        wake.now("test");
        wake.await(Duration.ofDays(1));
    }

    @Test
    void whoSleeps_isWokenByAReason() throws Exception {
        Thread other = Thread.ofVirtual().start(() -> wake.now("test"));
        wake.await(Duration.ofDays(1));
        other.join();
    }

    @Test
    void toldToStop_nobodySleepsAnyMore() throws Exception {
        wake.stop();
        wake.await(Duration.ofDays(1));
        assertThat(wake.stopped()).isTrue();
    }
}
