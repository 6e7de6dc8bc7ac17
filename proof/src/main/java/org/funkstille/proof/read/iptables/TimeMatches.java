package org.funkstille.proof.read.iptables;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.TimeSpan;

/** {@code time}: {@code net/netfilter/xt_time.c}. In UTC unless {@code --kerneltz}; both ends are included. */
final class TimeMatches {

    private static final int DAYS_OF_MONTH = 31;

    private TimeMatches() {}

    static Condition time(Extension match, Context context) throws NotUnderstood {
        Span span = new Span();
        for (Option option : match.options()) {
            switch (option.name()) {
                case "--timestart" -> span.from = time(option.value());
                case "--timestop" -> span.to = time(option.value());
                case "--datestart" -> span.begin = Optional.of(date(option.value()));
                case "--datestop" -> span.end = Optional.of(date(option.value()));
                case "--weekdays" -> span.days = weekdays(option);
                case "--monthdays" -> monthdays(option);
                case "--kerneltz", "--localtz" -> span.local = true;
                case "--utc" -> span.local = false;
                case "--contiguous" -> span.contiguous = true;
                default -> throw Match.strange(option);
            }
        }
        if (span.local) {
            context.assumptions()
                    .add("--kerneltz: the kernel's time zone is the router's, and follows its summer time");
        }
        return span.condition(span.local ? context.surroundings().zone() : Optional.of(ZoneOffset.UTC));
    }

    /** The options as they are met; those not met ask for nothing. */
    private static final class Span {
        private LocalTime from = LocalTime.MIN;
        private LocalTime to = LocalTime.of(23, 59, 59);
        private Optional<LocalDateTime> begin = Optional.empty();
        private Optional<LocalDateTime> end = Optional.empty();
        private Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
        private boolean local;
        private boolean contiguous;

        Condition condition(Optional<ZoneId> zone) {
            return Condition.all(dates(zone), daily(zone));
        }

        private Condition dates(Optional<ZoneId> zone) {
            return begin.isEmpty() && end.isEmpty()
                    ? Condition.ALWAYS
                    : new Condition.At(new TimeSpan.LocalBetween(begin, end.map(last -> last.plusSeconds(1)), zone));
        }

        private Condition daily(Optional<ZoneId> zone) {
            LocalTime until = to.plusSeconds(1);
            // The kernel takes equal ends for the whole day, too.
            boolean wholeDay = from.equals(until) || from.equals(to);
            if (wholeDay) {
                return days.size() == DayOfWeek.values().length
                        ? Condition.ALWAYS
                        : at(LocalTime.MIN, LocalTime.MAX, days, zone);
            }
            boolean pastMidnight = from.isAfter(to);
            return pastMidnight && contiguous
                    ? Condition.any(
                            at(from, LocalTime.MIN, days, zone), at(LocalTime.MIN, until, following(days), zone))
                    : at(from, until, days, zone);
        }

        private static Condition at(LocalTime from, LocalTime until, Set<DayOfWeek> days, Optional<ZoneId> zone) {
            return new Condition.At(new TimeSpan.Daily(from, until, days, zone));
        }

        /** What begins on these days goes on in the morning of those. */
        private static Set<DayOfWeek> following(Set<DayOfWeek> days) {
            return days.stream().map(day -> day.plus(1)).collect(Collectors.toSet());
        }
    }

    private static LocalTime time(String text) throws NotUnderstood {
        try {
            return LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
        } catch (DateTimeException _) {
            throw new NotUnderstood("the time " + text);
        }
    }

    /** {@code 2026-01-01T00:00:00}, or without its later parts. */
    private static LocalDateTime date(String text) throws NotUnderstood {
        String pattern = "1970-01-01T00:00:00";
        if (text.length() > pattern.length()) {
            throw new NotUnderstood("the date " + text);
        }
        try {
            return LocalDateTime.parse(
                    text.length() < pattern.length() ? text + pattern.substring(text.length()) : text);
        } catch (DateTimeException _) {
            throw new NotUnderstood("the date " + text);
        }
    }

    private static Set<DayOfWeek> weekdays(Option option) throws NotUnderstood {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : option.value().split(",", -1)) {
            days.add(weekday(name));
        }
        return option.negated() ? EnumSet.complementOf(EnumSet.copyOf(days)) : days;
    }

    private static DayOfWeek weekday(String name) throws NotUnderstood {
        for (DayOfWeek day : DayOfWeek.values()) {
            String full = day.name().toLowerCase(Locale.ROOT);
            String given = name.toLowerCase(Locale.ROOT);
            if (given.equals(Integer.toString(day.getValue())) || (given.length() >= 2 && full.startsWith(given))) {
                return day;
            }
        }
        throw new NotUnderstood("the day " + name);
    }

    /** No span tells days of the month; all of them ask for nothing. */
    private static void monthdays(Option option) throws NotUnderstood {
        if (option.negated() || option.value().split(",", -1).length != DAYS_OF_MONTH) {
            throw new NotUnderstood("days of the month");
        }
    }
}
