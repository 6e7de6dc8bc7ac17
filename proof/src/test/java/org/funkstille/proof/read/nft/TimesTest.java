package org.funkstille.proof.read.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.TimeSpan;
import org.junit.jupiter.api.Test;

final class TimesTest {

    private static final Optional<ZoneId> BERLIN = Optional.of(ZoneId.of("Europe/Berlin"));

    /** Winter: one hour ahead of UTC. */
    private static final Instant TAKEN_AT = Instant.parse("2026-01-15T12:00:00Z");

    private static Condition match(Times.Unit unit, String operator, String right) {
        return new Times(BERLIN, TAKEN_AT)
                .match(unit, operator, JsonText.read(right))
                .orElseThrow();
    }

    /** Three-valued; whatever is unknown is UNKNOWN. */
    private static TimeSpan.Truth truth(Condition condition, String at) {
        return switch (condition) {
            case Condition.At(TimeSpan span) -> span.holds(Instant.parse(at));
            case Condition.Unknown _ -> TimeSpan.Truth.UNKNOWN;
            case Condition.Not(Condition inner) -> negated(truth(inner, at));
            case Condition.All(List<Condition> parts) ->
                negated(any(parts.stream().map(part -> negated(truth(part, at))).toList()));
            case Condition.Any(List<Condition> parts) ->
                any(parts.stream().map(part -> truth(part, at)).toList());
            default -> throw new AssertionError(condition);
        };
    }

    private static TimeSpan.Truth any(List<TimeSpan.Truth> parts) {
        return parts.contains(TimeSpan.Truth.YES)
                ? TimeSpan.Truth.YES
                : parts.contains(TimeSpan.Truth.UNKNOWN) ? TimeSpan.Truth.UNKNOWN : TimeSpan.Truth.NO;
    }

    private static TimeSpan.Truth negated(TimeSpan.Truth truth) {
        return switch (truth) {
            case YES -> TimeSpan.Truth.NO;
            case NO -> TimeSpan.Truth.YES;
            case UNKNOWN -> TimeSpan.Truth.UNKNOWN;
        };
    }

    @Test
    void hours_includeTheirLastSecond() {
        Condition day = match(Times.Unit.HOUR, "==", "{\"range\":[\"06:00\",\"21:00\"]}");
        assertThat(truth(day, "2026-01-15T04:59:59Z")).isEqualTo(TimeSpan.Truth.NO);
        assertThat(truth(day, "2026-01-15T05:00:00Z")).isEqualTo(TimeSpan.Truth.YES);
        assertThat(truth(day, "2026-01-15T20:00:00Z")).isEqualTo(TimeSpan.Truth.YES);
        assertThat(truth(day, "2026-01-15T20:00:01Z")).isEqualTo(TimeSpan.Truth.NO);
    }

    @Test
    void hoursAcrossMidnight_areWrittenEitherWay() {
        Condition night = match(Times.Unit.HOUR, "!=", "{\"range\":[\"06:00\",\"21:00\"]}");
        Condition wrapped = match(Times.Unit.HOUR, "==", "{\"range\":[\"21:00:01\",\"05:59:59\"]}");
        for (int hour = 0; hour < 24; hour++) {
            String at = "2026-01-15T%02d:30:00Z".formatted(hour);
            assertThat(truth(night, at)).as(at).isEqualTo(truth(wrapped, at));
        }
        assertThat(truth(night, "2026-01-15T22:30:00Z")).isEqualTo(TimeSpan.Truth.YES);
    }

    @Test
    void hours_keepTheOffsetThatTheyWereListedWith() {
        Condition late = match(Times.Unit.HOUR, ">=", "\"22:00\"");
        assertThat(truth(late, "2026-01-15T21:00:00Z")).isEqualTo(TimeSpan.Truth.YES);
        assertThat(truth(late, "2026-07-15T20:30:00Z")).isEqualTo(TimeSpan.Truth.NO);
        assertThat(truth(late, "2026-07-15T21:00:00Z")).isEqualTo(TimeSpan.Truth.YES);
    }

    @Test
    void days_areUncertainWhileUtcHasAnother() {
        Condition weekend = match(Times.Unit.DAY, "==", "{\"set\":[\"Saturday\",\"Sunday\"]}");
        assertThat(truth(weekend, "2026-01-16T22:30:00Z")).isEqualTo(TimeSpan.Truth.NO);
        assertThat(truth(weekend, "2026-01-16T23:30:00Z")).isEqualTo(TimeSpan.Truth.UNKNOWN);
        assertThat(truth(weekend, "2026-01-17T00:30:00Z")).isEqualTo(TimeSpan.Truth.YES);
        assertThat(truth(weekend, "2026-01-18T22:30:00Z")).isEqualTo(TimeSpan.Truth.YES);
        assertThat(truth(weekend, "2026-01-19T00:30:00Z")).isEqualTo(TimeSpan.Truth.NO);
    }

    @Test
    void whatIsNoTime_isNotUnderstood() {
        assertThat(new Times(BERLIN, TAKEN_AT).match(Times.Unit.HOUR, "==", JsonText.read("\"25:00\"")))
                .isEmpty();
        assertThat(new Times(BERLIN, TAKEN_AT).match(Times.Unit.DAY, "==", JsonText.read("\"Caturday\"")))
                .isEmpty();
        assertThat(new Times(BERLIN, TAKEN_AT).match(Times.Unit.TIME, "==", JsonText.read("{\"range\":[1,2,3]}")))
                .isEmpty();
    }
}
