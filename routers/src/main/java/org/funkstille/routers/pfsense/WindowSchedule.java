package org.funkstille.routers.pfsense;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When a window's rule is in force. pfSense looks at it each quarter of an hour ({@code /etc/rc.filter_configure_sync}
 * by its cron) and whenever the filter is loaded.
 *
 * <p>Two oddities of local time cannot be had otherwise. The last minute of a day is in no range, so a window across
 * midnight may pause for it. Where clocks are set back, a quarter of an hour comes twice, so a window there ends up to an
 * hour later; {@link #closes} tells when.
 */
record WindowSchedule(List<ScheduleRange> ranges, ZoneId zone) {

    private static final int QUARTER_MINUTES = 15;
    private static final Duration QUARTER = Duration.ofMinutes(QUARTER_MINUTES);

    /** A window is open for 24 hours at most, and starts at the quarter of an hour before. */
    private static final Duration LONGEST = Duration.ofHours(26);

    WindowSchedule {
        ranges = List.copyOf(ranges);
    }

    /** The fewest quarters of an hour that hold all of the time from one moment to another. */
    static WindowSchedule covering(Instant from, Instant to, ZoneId zone) {
        Map<LocalDate, Span> days = new TreeMap<>();
        for (Instant quarter = quarterOf(from, zone); quarter.isBefore(to); quarter = quarter.plus(QUARTER)) {
            LocalDateTime local = quarter.atZone(zone).toLocalDateTime();
            LocalTime end = local.toLocalTime().plusMinutes(QUARTER_MINUTES);
            days.merge(local.toLocalDate(), new Span(local.toLocalTime(), end), Span::and);
        }
        List<ScheduleRange> ranges = new ArrayList<>();
        days.forEach((date, span) -> ranges.add(ScheduleRange.on(date, span.from(), span.to())));
        return new WindowSchedule(ranges, zone);
    }

    /** @param to midnight: the end of the day */
    private record Span(LocalTime from, LocalTime to) {

        Span and(Span other) {
            boolean endless = to.equals(LocalTime.MIDNIGHT) || other.to.equals(LocalTime.MIDNIGHT);
            LocalTime last = to.isAfter(other.to) ? to : other.to;
            return new Span(from.isBefore(other.from) ? from : other.from, endless ? LocalTime.MIDNIGHT : last);
        }
    }

    private static Instant quarterOf(Instant moment, ZoneId zone) {
        LocalDateTime local = moment.atZone(zone).toLocalDateTime();
        Duration past = Duration.ofMinutes(local.getMinute() % QUARTER_MINUTES)
                .plusSeconds(local.getSecond())
                .plusNanos(local.getNano());
        return moment.minus(past);
    }

    /** By the schedule's own words. */
    boolean active(Instant moment) {
        LocalDateTime local = moment.atZone(zone).toLocalDateTime();
        return ranges.stream().anyMatch(range -> range.holds(local));
    }

    /**
     * When it is over for this time, counted from a moment before or in it.
     *
     * @return absent where it is over already: the next time is a year later
     */
    Optional<Instant> closes(Instant from) {
        Optional<Instant> last = Optional.empty();
        Instant end = from.plus(LONGEST);
        for (Instant quarter = quarterOf(from, zone); quarter.isBefore(end); quarter = quarter.plus(QUARTER)) {
            Instant after = quarter.plus(QUARTER);
            if (active(quarter) && after.isAfter(from)) {
                last = Optional.of(after);
            }
        }
        return last;
    }
}
