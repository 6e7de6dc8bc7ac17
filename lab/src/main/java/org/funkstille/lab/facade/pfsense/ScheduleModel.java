package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Schedules and their time ranges: RESTAPI/Models/FirewallSchedule.inc, FirewallScheduleTimeRange.inc. */
final class ScheduleModel {

    private static final Set<String> MINUTES = Set.of("00", "15", "30", "45", "59");
    private static final List<Integer> LONGEST_MONTHS = List.of(31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

    static final Model TIME_RANGE = Model.of(
                    "Firewall Schedule Time Range",
                    List.of(
                            Field.integer("position").list().orNull().oneOf("1", "2", "3", "4", "5", "6", "7"),
                            Field.integer("month")
                                    .list()
                                    .mustBeGiven()
                                    .oneOf("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
                                    .when(ScheduleModel::byDate),
                            Field.integer("day").list().mustBeGiven().when(ScheduleModel::byDate),
                            Field.string("hour").mustBeGiven().upTo(11).checked(ScheduleModel::hours),
                            Field.string("rangedescr")))
            .checkedBy(ScheduleModel::checkDays);

    private ScheduleModel() {}

    static Model of() {
        return Model.of(
                        "Firewall Schedule",
                        List.of(
                                Field.string("schedlabel").ofSystem(),
                                Field.string("name").mustBeGiven().onlyOnce().checked(ScheduleModel::name),
                                Field.string("descr"),
                                Field.objects("timerange").mustBeGiven()))
                .sortedBy(Comparator.comparing(schedule -> schedule.get("name").plain()))
                .completedBy(ScheduleModel::completed);
    }

    private static Json.Fields completed(Json.Fields before, Json.Fields schedule) {
        List<Json> ranges = new ArrayList<>();
        if (schedule.get("timerange") instanceof Json.Items items) {
            for (Json range : items.values()) {
                ranges.add(TIME_RANGE.created((Json.Fields) range));
            }
        }
        String label = before.get("schedlabel").plain();
        return schedule.with("timerange", Json.of(ranges))
                .with("schedlabel", Json.of(label.isEmpty() ? newLabel() : label));
    }

    /** As PHP's uniqid: 13 hexadecimal digits. */
    private static String newLabel() {
        byte[] random = new byte[7];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random).substring(0, 13);
    }

    private static boolean byDate(Json.Fields range) {
        return range.get("position").plainItems().isEmpty();
    }

    private static String name(String name) {
        if (!name.matches("[A-Za-z0-9_]{1,32}")) {
            throw ApiError.invalid("FILTER_NAME_VALIDATOR_INVALID_NAME", "Filter name `" + name + "` is not valid.");
        }
        return name;
    }

    private static String hours(String text) {
        String[] times = text.split("-", 2);
        if (times.length != 2 || !isTime(times[0]) || !isTime(times[1])) {
            throw ApiError.invalid(
                    "FIREWALL_SCHEDULE_TIME_RANGE_HOUR_MUST_BE_24_HOUR_TIME_RANGE",
                    "Field `hour` must be 24-hour time range (i.e. 0:00-23:59).");
        }
        for (String time : times) {
            if (!MINUTES.contains(time.substring(time.length() - 2))) {
                throw ApiError.invalid(
                        "FIREWALL_SCHEDULE_TIME_RANGE_HOUR_WITH_INVALID_MINUTES",
                        "Field `hour` can only specify one of minute value choices: [00,15,30,45,59].");
            }
        }
        if (minutes(times[0]) > minutes(times[1])) {
            throw ApiError.invalid(
                    "FIREWALL_SCHEDULE_TIME_RANGE_HOUR_START_TIME_GREATER_THAN_END_TIME",
                    "Field `hour` value start time portion greater than end time.");
        }
        return text;
    }

    private static boolean isTime(String text) {
        return text.matches("(?:2[0-3]|[01]?[0-9]):[0-5][0-9]");
    }

    /** Since midnight. */
    static int minutes(String time) {
        int colon = time.indexOf(':');
        return Integer.parseInt(time.substring(0, colon)) * 60 + Integer.parseInt(time.substring(colon + 1));
    }

    private static void checkDays(Json.Fields range) {
        List<String> months = range.get("month").plainItems();
        List<String> days = range.get("day").plainItems();
        if (months.size() != days.size()) {
            throw ApiError.invalid(
                    "FIREWALL_SCHEDULE_TIME_RANGE_MISMATCHED_MONTH_AND_DAY_VALUES",
                    "Field `day` and field `month` must have the same number of array items.");
        }
        for (int index = 0; index < days.size(); index++) {
            int day = Integer.parseInt(days.get(index));
            if (day < 1 || day > LONGEST_MONTHS.get(Integer.parseInt(months.get(index)) - 1)) {
                throw ApiError.invalid(
                        "FIREWALL_SCHEDULE_TIME_RANGE_DAY_VALUE_IS_NOT_IN_MONTH",
                        "Field `day` value is not a valid day in the `month` of `" + months.get(index) + "`.");
            }
        }
    }
}
