package org.funkstille.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.journal.Sample.NOON;
import static org.funkstille.journal.Sample.attempt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.funkstille.core.evidence.Attempt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptAggregatorTest {

    @Test
    void attempts_atOneDestination_becomeOneWithTheFirstTime() {
        AttemptAggregator aggregator = new AttemptAggregator(10);
        aggregator.add(attempt(NOON.plusMillis(2), "gateway", 1, 2));
        aggregator.add(attempt(NOON, "gateway", 1, 3));
        aggregator.add(attempt(NOON.plusMillis(1), "gateway", 2, 1));

        assertThat(aggregator.drain())
                .containsExactly(attempt(NOON, "gateway", 1, 5), attempt(NOON.plusMillis(1), "gateway", 2, 1));
        assertThat(aggregator.drain()).isEmpty();
    }

    @Test
    void attempts_underDifferentNames_stayApart() {
        AttemptAggregator aggregator = new AttemptAggregator(10);
        aggregator.add(attempt(NOON, "gateway", 1));
        aggregator.add(new Attempt(NOON, "gateway", Sample.endpoint(1), Optional.of("a.example"), 1));

        assertThat(aggregator.drain()).hasSize(2);
    }

    @Test
    void fullAggregator_takesOnlyWhatItKnows() {
        AttemptAggregator aggregator = new AttemptAggregator(2);
        assertThat(aggregator.add(attempt(NOON, "gateway", 1))).isTrue();
        assertThat(aggregator.add(attempt(NOON, "gateway", 2))).isTrue();

        assertThat(aggregator.add(attempt(NOON, "gateway", 3))).isFalse();
        assertThat(aggregator.add(attempt(NOON, "gateway", 1))).isTrue();
        assertThat(aggregator.size()).isEqualTo(2);
        assertThat(aggregator.drain()).extracting(Attempt::packets).containsExactlyInAnyOrder(2L, 1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sums_ofWhatComesOut_equalWhatWentIn(long seed) {
        Random random = new Random(seed);
        AttemptAggregator aggregator = new AttemptAggregator(1 + random.nextInt(50));
        Map<String, Long> in = new HashMap<>();
        Map<String, Long> out = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Attempt attempt = attempt(
                    NOON.plusMillis(random.nextInt(1000)),
                    "device-" + random.nextInt(4),
                    random.nextInt(30),
                    1 + random.nextInt(9));
            if (aggregator.add(attempt)) {
                count(in, List.of(attempt));
            }
            if (random.nextInt(100) == 0) {
                count(out, aggregator.drain());
            }
        }
        count(out, aggregator.drain());

        assertThat(out).isEqualTo(in);
    }

    private static void count(Map<String, Long> totals, List<Attempt> attempts) {
        attempts.forEach(
                attempt -> totals.merge(attempt.device() + " " + attempt.destination(), attempt.packets(), Long::sum));
    }
}
