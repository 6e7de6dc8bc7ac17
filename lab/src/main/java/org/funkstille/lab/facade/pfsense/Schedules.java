package org.funkstille.lab.facade.pfsense;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** Which schedules are on at this moment: filter_get_time_based_rule_status of filter.inc. There is no year in them. */
record Schedules(Section section, BoxTime time) {

    Optional<Json.Fields> named(String name) {
        return section.objects().stream()
                .filter(schedule -> schedule.get("name").plain().equals(name))
                .findFirst();
    }

    boolean isActive(Json.Fields schedule) {
        return schedule.get("timerange") instanceof Json.Items ranges
                && ranges.values().stream().anyMatch(range -> covers((Json.Fields) range, time.local()));
    }

    private static boolean covers(Json.Fields range, ZonedDateTime now) {
        String[] hours = range.get("hour").plain().split("-", 2);
        int minute = now.getHour() * 60 + now.getMinute();
        if (minute < ScheduleModel.minutes(hours[0]) || minute >= ScheduleModel.minutes(hours[1])) {
            return false;
        }
        List<String> weekdays = range.get("position").plainItems();
        if (!weekdays.isEmpty()) {
            return weekdays.contains(Integer.toString(now.getDayOfWeek().getValue()));
        }
        List<String> months = range.get("month").plainItems();
        List<String> days = range.get("day").plainItems();
        for (int index = 0; index < Math.min(months.size(), days.size()); index++) {
            if (months.get(index).equals(Integer.toString(now.getMonthValue()))
                    && days.get(index).equals(Integer.toString(now.getDayOfMonth()))) {
                return true;
            }
        }
        return false;
    }
}
