package org.funkstille.proof.read.nft;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.TimeSpan;

/**
 * Matches of the clock: {@code meta time}, {@code hour} and {@code day}.
 *
 * <p>The kernel compares hours in UTC; nft shows them by the offset that the router has as it lists them. Days the kernel
 * takes by a zone of its own (sys_tz), which is the router's on some systems and UTC on others
 * (net/netfilter/nft_meta.c).
 */
final class Times {

    enum Unit {
        TIME,
        HOUR,
        DAY
    }

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final long DAY_SECONDS = 86_400;

    /** The year 5138: far beyond what nft prints, and far below what a date can hold. */
    private static final long LATEST = 100_000_000_000L;

    private final Optional<ZoneId> zone;
    private final Optional<ZoneId> offset;

    Times(Optional<ZoneId> zone, Instant takenAt) {
        this.zone = zone;
        this.offset = zone.map(one -> one.getRules().getOffset(takenAt));
    }

    /** Nothing where the operator or the right side is not understood. */
    Optional<Condition> match(Unit unit, String operator, Json right) {
        boolean sinceEpoch = unit == Unit.TIME && right.number().isPresent();
        return sinceEpoch && !zone.equals(Optional.of((ZoneId) ZoneOffset.UTC))
                ? new Times(Optional.of(ZoneOffset.UTC), Instant.EPOCH).match(unit, operator, right)
                : compare(unit, operator, right);
    }

    private Optional<Condition> compare(Unit unit, String operator, Json right) {
        return switch (operator) {
            case "==", "in" -> anyOf(unit, right);
            case "!=", "!" -> anyOf(unit, right).map(Condition::not);
            case "<" -> value(unit, right).flatMap(end -> between(unit, Optional.empty(), Optional.of(end)));
            case "<=" -> value(unit, right).flatMap(end -> between(unit, Optional.empty(), Optional.of(end + 1)));
            case ">" -> value(unit, right).flatMap(begin -> between(unit, Optional.of(begin + 1), Optional.empty()));
            case ">=" -> value(unit, right).flatMap(begin -> between(unit, Optional.of(begin), Optional.empty()));
            default -> Optional.empty();
        };
    }

    /** A single value, a range, or a set of them. */
    Optional<Condition> anyOf(Unit unit, Json right) {
        List<Condition> parts = new ArrayList<>();
        for (Json item : right.kind().equals("set") ? right.body().items() : List.of(right)) {
            Optional<Condition> one = one(unit, item);
            if (one.isEmpty()) {
                return one;
            }
            parts.add(one.get());
        }
        return Optional.of(Condition.any(parts));
    }

    private Optional<Condition> one(Unit unit, Json item) {
        if (!item.kind().equals("range")) {
            return value(unit, item).flatMap(only -> between(unit, Optional.of(only), Optional.of(only + 1)));
        }
        List<Json> ends = item.body().items();
        if (ends.size() != 2) {
            return Optional.empty();
        }
        Optional<Long> first = value(unit, ends.get(0));
        Optional<Long> last = value(unit, ends.get(1));
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        return unit == Unit.HOUR && first.get() > last.get()
                ? Optional.of(Condition.any(
                        between(unit, first, Optional.empty()).orElseThrow(),
                        between(unit, Optional.empty(), last.map(end -> end + 1))
                                .orElseThrow()))
                : between(unit, first, last.map(end -> end + 1));
    }

    /** Seconds since 1970 as the router's clock shows them, seconds since midnight, or days since Sunday. */
    private static Optional<Long> value(Unit unit, Json json) {
        try {
            return switch (unit) {
                case TIME ->
                    json.number().isPresent()
                            ? Optional.of(json.number().getAsLong()).filter(second -> Math.abs(second) < LATEST)
                            : json.string()
                                    .map(text ->
                                            LocalDateTime.parse(text, MOMENT).toEpochSecond(ZoneOffset.UTC));
                case HOUR ->
                    json.number().isPresent()
                            ? Optional.of(json.number().getAsLong())
                                    .filter(second -> second >= 0 && second < DAY_SECONDS)
                            : json.string()
                                    .map(text -> (long) LocalTime.parse(text).toSecondOfDay());
                case DAY ->
                    json.number().isPresent()
                            ? Optional.of(json.number().getAsLong()).filter(day -> day >= 0 && day < 7)
                            : json.string().flatMap(Times::day);
            };
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private static Optional<Long> day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equalsIgnoreCase(name)) {
                return Optional.of(day.getValue() % 7L);
            }
        }
        return Optional.empty();
    }

    /** From the first, up to and not including the second. */
    private Optional<Condition> between(Unit unit, Optional<Long> from, Optional<Long> until) {
        return switch (unit) {
            case TIME ->
                Optional.of(new Condition.At(
                        new TimeSpan.LocalBetween(from.map(Times::moment), until.map(Times::moment), zone)));
            case HOUR -> Optional.of(hours(from.orElse(0L), until.orElse(DAY_SECONDS)));
            case DAY -> Optional.of(days(from.orElse(0L), until.orElse(7L)));
        };
    }

    private static LocalDateTime moment(long seconds) {
        return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    }

    private Condition hours(long from, long until) {
        if (from >= until) {
            return Condition.NEVER;
        }
        return from == 0 && until == DAY_SECONDS
                ? Condition.ALWAYS
                : new Condition.At(new TimeSpan.Daily(
                        LocalTime.ofSecondOfDay(from),
                        LocalTime.ofSecondOfDay(until % DAY_SECONDS),
                        EnumSet.allOf(DayOfWeek.class),
                        offset));
    }

    private Condition days(long from, long until) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (long day = from; day < until; day++) {
            days.add(DayOfWeek.of(day == 0 ? 7 : (int) day));
        }
        Condition here = onDays(days, offset);
        if (zone.isEmpty() || offset.equals(Optional.of((ZoneId) ZoneOffset.UTC))) {
            return here;
        }
        Condition utc = onDays(days, Optional.of(ZoneOffset.UTC));
        Condition which = new Condition.Unknown("whether the kernel counts days in the router's time zone or in UTC");
        // Certain where both agree.
        return Condition.any(Condition.all(here, utc), Condition.all(which, Condition.any(here, utc)));
    }

    private static Condition onDays(Set<DayOfWeek> days, Optional<ZoneId> zone) {
        return new Condition.At(new TimeSpan.Daily(LocalTime.MIDNIGHT, LocalTime.MAX, days, zone));
    }
}
