package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of one day of every year, in the router's own time: pfSense's schedules know no year.
 *
 * @param from first moment
 * @param to first moment after it. Minutes are 00, 15, 30, 45 or, at the end of a day, 59: the day's last minute belongs
 *     to no range (Models/FirewallScheduleTimeRange.inc of the REST API)
 */
record ScheduleRange(int month, int day, LocalTime from, LocalTime to) {

    private static final Pattern HOURS = Pattern.compile("(\\d{1,2}):(\\d{2})-(\\d{1,2}):(\\d{2})");
    private static final LocalTime LAST = LocalTime.of(23, 59);

    /** @param to midnight: the end of the day */
    static ScheduleRange on(LocalDate date, LocalTime from, LocalTime to) {
        return new ScheduleRange(
                date.getMonthValue(), date.getDayOfMonth(), from, to.equals(LocalTime.MIDNIGHT) ? LAST : to);
    }

    boolean holds(LocalDateTime moment) {
        LocalTime time = moment.toLocalTime();
        return moment.getMonthValue() == month
                && moment.getDayOfMonth() == day
                && !time.isBefore(from)
                && time.isBefore(to);
    }

    JsonObject json() {
        return JsonObject.create()
                .add("month", JsonArray.create().add(month))
                .add("day", JsonArray.create().add(day))
                .add("hour", hour(from) + "-" + hour(to));
    }

    private static String hour(LocalTime time) {
        return "%d:%02d".formatted(time.getHour(), time.getMinute());
    }

    /** Nothing where the range is by weekday or cannot be read: then it is not one that we made. */
    static Optional<List<ScheduleRange>> read(Item item) {
        List<String> months = item.texts("month");
        List<String> days = item.texts("day");
        Matcher hours = HOURS.matcher(item.textOr("hour", ""));
        if (!hours.matches() || months.isEmpty() || months.size() != days.size()) {
            return Optional.empty();
        }
        try {
            LocalTime from = time(hours.group(1), hours.group(2));
            LocalTime to = time(hours.group(3), hours.group(4));
            List<ScheduleRange> ranges = new ArrayList<>();
            for (int index = 0; index < months.size(); index++) {
                ranges.add(new ScheduleRange(
                        Integer.parseInt(months.get(index)), Integer.parseInt(days.get(index)), from, to));
            }
            return Optional.of(ranges);
        } catch (RuntimeException notATime) {
            return Optional.empty();
        }
    }

    private static LocalTime time(String hour, String minute) {
        return LocalTime.of(Integer.parseInt(hour), Integer.parseInt(minute));
    }
}
