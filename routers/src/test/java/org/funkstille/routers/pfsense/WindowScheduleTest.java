package org.funkstille.routers.pfsense;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class WindowScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<ZoneId> ZONES = List.of(
            BERLIN,
            ZoneId.of("UTC"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Pacific/Auckland"));
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private static List<String> hours(WindowSchedule schedule) {
        return schedule.ranges().stream()
                .map(range -> "%02d-%02d %s-%s".formatted(range.month(), range.day(), range.from(), range.to()))
                .toList();
    }

    private static WindowSchedule of(String from, String length) {
        Instant start = ZonedDateTime.parse(from + "[Europe/Berlin]").toInstant();
        return WindowSchedule.covering(start, start.plus(Duration.parse(length)), BERLIN);
    }

    @Test
    void anHourFromTheMiddleOfAQuarter_takesTheQuartersAround() {
        assertThat(hours(of("2026-11-23T10:07:12+01:00", "PT1H"))).containsExactly("11-23 10:00-11:15");
        assertThat(hours(of("2026-11-23T10:00:00+01:00", "PT15M"))).containsExactly("11-23 10:00-10:15");
        assertThat(hours(of("2026-11-23T10:14:59+01:00", "PT1S"))).containsExactly("11-23 10:00-10:15");
    }

    @Test
    void acrossMidnight_monthsEnd_newYear_andInALeapYear_thereAreTwoRanges() {
        assertThat(hours(of("2026-11-23T23:50:00+01:00", "PT20M")))
                .containsExactly("11-23 23:45-23:59", "11-24 00:00-00:15");
        assertThat(hours(of("2026-04-30T23:40:00+02:00", "PT1H")))
                .containsExactly("04-30 23:30-23:59", "05-01 00:00-00:45");
        assertThat(hours(of("2026-12-31T23:50:00+01:00", "PT11M")))
                .containsExactly("12-31 23:45-23:59", "01-01 00:00-00:15");
        assertThat(hours(of("2028-02-28T23:50:00+01:00", "PT20M")))
                .containsExactly("02-28 23:45-23:59", "02-29 00:00-00:15");
    }

    @Test
    void aWindowThatEndsWithTheDay_endsInItsLastMinute() {
        WindowSchedule schedule = of("2026-11-23T23:46:00+01:00", "PT14M");

        assertThat(hours(schedule)).containsExactly("11-23 23:45-23:59");
        assertThat(schedule.closes(Instant.parse("2026-11-23T22:46:00Z")))
                .contains(Instant.parse("2026-11-23T23:00:00Z"));
    }

    @Test
    void whatIsOver_closesNoMore_thoughItWouldComeBackInAYear() {
        WindowSchedule schedule = of("2026-11-23T10:07:00+01:00", "PT10M");

        assertThat(schedule.closes(Instant.parse("2026-11-23T09:08:00Z")))
                .contains(Instant.parse("2026-11-23T09:30:00Z"));
        assertThat(schedule.closes(Instant.parse("2026-11-23T09:30:00Z"))).isEmpty();
        assertThat(schedule.active(Instant.parse("2027-11-23T09:15:00Z"))).isTrue();
    }

    @RepeatedTest(40)
    void coversTheWholeTime_andEndsWithinAQuarter_whateverTheMoment(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int tries = 0; tries < 50; tries++) {
            ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
            Instant from = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextInt(5 * 365 * 86_400));
            Duration length = Duration.ofSeconds(1 + random.nextInt(86_400));
            check(from, length, zone);
        }
    }

    @Test
    void coversTheWholeTime_whereClocksAreSet() {
        Random random = new Random(7);
        for (ZoneId zone : ZONES) {
            Instant at = Instant.parse("2025-01-01T00:00:00Z");
            ZoneOffsetTransition change = zone.getRules().nextTransition(at);
            for (int changes = 0; change != null && changes < 4; changes++) {
                for (int tries = 0; tries < 100; tries++) {
                    Instant from = change.getInstant().minusSeconds(random.nextInt(3 * 3600) - 3600L);
                    check(from, Duration.ofSeconds(1 + random.nextInt(4 * 3600)), zone);
                }
                change = zone.getRules().nextTransition(change.getInstant());
            }
        }
    }

    private static void check(Instant from, Duration length, ZoneId zone) {
        Instant to = from.plus(length);
        WindowSchedule schedule = WindowSchedule.covering(from, to, zone);
        String what = from + " " + length + " " + zone + ": " + schedule.ranges();

        assertThat(schedule.ranges()).as(what).hasSizeBetween(1, 2).allSatisfy(range -> {
            assertThat(range.from()).isBefore(range.to());
            assertThat(List.of(0, 15, 30, 45)).contains(range.from().getMinute());
            assertThat(List.of(0, 15, 30, 45, 59)).contains(range.to().getMinute());
        });
        for (Instant moment = from; moment.isBefore(to); moment = moment.plusSeconds(197)) {
            boolean lastMinute = !moment.atZone(zone).toLocalTime().isBefore(LocalTime.of(23, 59));
            assertThat(schedule.active(moment)).as(what + " at " + moment).isEqualTo(!lastMinute);
        }
        Instant closes = schedule.closes(from).orElseThrow();
        assertThat(closes).as(what).isAfterOrEqualTo(to);
        // Where a quarter comes twice, the second time belongs to it, too.
        Duration setBack = setBack(from, closes, zone);
        assertThat(closes).as(what).isBeforeOrEqualTo(to.plus(QUARTER).plus(setBack));
        for (Instant later = closes;
                later.isBefore(closes.plus(Duration.ofHours(20)));
                later = later.plusSeconds(450)) {
            assertThat(schedule.active(later)).as(what + " later").isFalse();
        }
    }

    /** By how much clocks are set back from a while before one moment to a while after another. */
    private static Duration setBack(Instant from, Instant to, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(from.minus(Duration.ofHours(3)));
        return change != null && change.isOverlap() && change.getInstant().isBefore(to.plus(Duration.ofHours(3)))
                ? change.getDuration().abs()
                : Duration.ZERO;
    }
}
