package org.funkstille.proof.filter;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A time at which a rule holds. */
public sealed interface TimeSpan {

    /** Whether a span holds at a moment; unknown where that hangs on a time zone which the rule set does not say. */
    enum Truth {
        YES,
        NO,
        UNKNOWN
    }

    /** Zones of the earth lie between these; a local time without its zone can be any moment of that stretch. */
    Duration LARGEST_OFFSET = Duration.ofHours(14);

    Truth holds(Instant at);

    /** The next moment at which {@link #holds} may say something else; absent: never. */
    Optional<Instant> nextChange(Instant at);

    /** From one moment up to, not including, another; an absent one is open. */
    record Between(Optional<Instant> from, Optional<Instant> until) implements TimeSpan {
        @Override
        public Truth holds(Instant at) {
            boolean begun = from.isEmpty() || !at.isBefore(from.get());
            boolean over = until.isPresent() && !at.isBefore(until.get());
            return begun && !over ? Truth.YES : Truth.NO;
        }

        @Override
        public Optional<Instant> nextChange(Instant at) {
            return List.of(from, until).stream()
                    .flatMap(Optional::stream)
                    .filter(at::isBefore)
                    .min(Instant::compareTo);
        }
    }

    /** Up to, not including, the end, in local time; without a zone it may be any on earth. */
    record LocalBetween(Optional<LocalDateTime> from, Optional<LocalDateTime> until, Optional<ZoneId> zone)
            implements TimeSpan {
        @Override
        public Truth holds(Instant at) {
            if (zone.isPresent()) {
                return within(zone.get()).holds(at);
            }
            Truth early = within(ZoneOffset.ofHours(14)).holds(at);
            Truth late = within(ZoneOffset.ofHours(-14)).holds(at);
            boolean far = nearEdges().stream()
                    .noneMatch(edge -> Duration.between(edge, at).abs().compareTo(LARGEST_OFFSET) <= 0);
            return early == late && far ? early : Truth.UNKNOWN;
        }

        @Override
        public Optional<Instant> nextChange(Instant at) {
            if (zone.isPresent()) {
                return within(zone.get()).nextChange(at);
            }
            return nearEdges().stream()
                    .flatMap(edge -> List.of(edge.minus(LARGEST_OFFSET), edge.plus(LARGEST_OFFSET)).stream())
                    .filter(at::isBefore)
                    .min(Instant::compareTo);
        }

        /** As people are told it: {@code from 2026-03-01T06:00 until 2026-03-02T06:00, local time}. */
        @Override
        public String toString() {
            String begin = from.map(time -> "from " + time + " ").orElse("");
            String end = until.map(time -> "until " + time).orElse("on");
            return begin + end + ", " + words(zone);
        }

        private Between within(ZoneId place) {
            return new Between(
                    from.map(time -> time.atZone(place).toInstant()),
                    until.map(time -> time.atZone(place).toInstant()));
        }

        /** The edges as if the zone were UTC. */
        private List<Instant> nearEdges() {
            return List.of(from, until).stream()
                    .flatMap(Optional::stream)
                    .map(time -> time.toInstant(ZoneOffset.UTC))
                    .toList();
        }
    }

    /**
     * Every day from one time up to, not including, another, past midnight where the second is the earlier one; of the
     * days named.
     */
    record Daily(LocalTime from, LocalTime until, Set<DayOfWeek> days, Optional<ZoneId> zone) implements TimeSpan {
        public Daily {
            days = Set.copyOf(days);
        }

        @Override
        public Truth holds(Instant at) {
            if (zone.isEmpty()) {
                return Truth.UNKNOWN;
            }
            ZonedDateTime local = at.atZone(zone.get());
            LocalTime time = local.toLocalTime();
            boolean inside = !from.isAfter(until)
                    ? !time.isBefore(from) && time.isBefore(until)
                    : !time.isBefore(from) || time.isBefore(until);
            return inside && days.contains(local.getDayOfWeek()) ? Truth.YES : Truth.NO;
        }

        @Override
        public Optional<Instant> nextChange(Instant at) {
            if (zone.isEmpty()) {
                return Optional.empty();
            }
            List<Instant> edges = new ArrayList<>();
            LocalDate today = at.atZone(zone.get()).toLocalDate();
            for (int day = 0; day <= 8; day++) {
                LocalDate date = today.plusDays(day);
                edges.add(date.atTime(from).atZone(zone.get()).toInstant());
                edges.add(date.atTime(until).atZone(zone.get()).toInstant());
                edges.add(date.atStartOfDay(zone.get()).toInstant());
            }
            Truth now = holds(at);
            return edges.stream()
                    .filter(at::isBefore)
                    .sorted()
                    .filter(edge -> holds(edge) != now)
                    .findFirst();
        }

        /** As people are told it: {@code 06:00 to 22:00 on monday, tuesday, local time}. */
        @Override
        public String toString() {
            String named = days.size() == DayOfWeek.values().length
                    ? "every day"
                    : days.stream()
                            .sorted()
                            .map(day -> day.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ", "on ", ""));
            return from + " to " + until + " " + named + ", " + words(zone);
        }
    }

    private static String words(Optional<ZoneId> zone) {
        return zone.map(ZoneId::toString).orElse("local time");
    }
}
