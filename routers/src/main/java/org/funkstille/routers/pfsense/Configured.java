package org.funkstille.routers.pfsense;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.FoundAlias;
import org.funkstille.routers.pf.FoundRule;
import org.funkstille.routers.pf.LayoutInput.WindowRules.Scheduled;
import org.funkstille.routers.pf.Mark;

/**
 * Rules, aliases and schedules as they stand in the configuration at one moment, everybody's.
 *
 * @param rules all of them, in the order of the configuration: the position is the id
 */
record Configured(List<Item> rules, List<Item> aliases, List<Item> schedules, ZoneId zone) {

    private static final String UNTIL = "window until ";

    static Configured read(PfSenseApi api) throws RouterException {
        return new Configured(
                api.list("firewall/rules"),
                api.list("firewall/aliases"),
                api.list("firewall/schedules"),
                zone(api.one("system/timezone").textOr("timezone", "")));
    }

    private static ZoneId zone(String name) throws RouterException {
        try {
            return ZoneId.of(name.isEmpty() ? "UTC" : name);
        } catch (DateTimeException unknown) {
            throw new RouterException.Refused("the router's time zone \"" + name + "\" is not known here");
        }
    }

    /** Those that may let a packet through or hold it back before rules of interfaces are asked. */
    List<FoundRule> floating(PfSenseWording wording) {
        return rules.stream()
                .filter(rule -> rule.is("floating"))
                .filter(rule -> mark(rule).isPresent() || !rule.is("disabled"))
                .map(rule -> new FoundRule(rule.textOr("descr", ""), wording.fields(rule)))
                .toList();
    }

    List<FoundAlias> foundAliases() {
        return aliases.stream()
                .map(alias -> new FoundAlias(
                        alias.textOr("name", ""),
                        alias.textOr("descr", ""),
                        alias.textOr("type", ""),
                        alias.texts("address")))
                .toList();
    }

    static Optional<Mark> mark(Item item) {
        return Mark.tryParse(item.textOr("descr", ""));
    }

    /** Rules that are ours, in their order. */
    List<Item> ours() {
        return rules.stream().filter(rule -> mark(rule).isPresent()).toList();
    }

    /** Everything that carries our mark, a line each. */
    List<String> allOurs() {
        List<String> lines = new ArrayList<>();
        lines(lines, rules, "rule", "descr");
        lines(lines, schedules, "schedule", "name");
        lines(lines, aliases, "alias", "name");
        return lines;
    }

    private static void lines(List<String> lines, List<Item> items, String kind, String named) {
        items.stream()
                .filter(item -> mark(item).isPresent())
                .forEach(item -> lines.add(kind + " \"" + item.textOr(named, "") + "\""));
    }

    /** The trackers of our rules by their descriptions. */
    Map<String, String> trackers() {
        Map<String, String> trackers = new LinkedHashMap<>();
        ours().forEach(rule -> trackers.put(rule.textOr("descr", ""), rule.textOr("tracker", "")));
        return trackers;
    }

    /** Trackers of our rules that refuse and log. */
    Set<String> refusing() {
        return ours().stream()
                .filter(rule -> rule.is("log") && !rule.textOr("type", "").equals("pass"))
                .map(rule -> rule.textOr("tracker", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Windows that are open, or would open by themselves in another year. */
    List<OpenWindow> windows(Instant now) {
        List<OpenWindow> windows = new ArrayList<>();
        for (Item rule : ours()) {
            Mark mark = mark(rule).orElseThrow();
            until(mark).ifPresent(until -> {
                Optional<Item> schedule = schedule(rule.textOr("sched", ""));
                // A rule whose schedule is gone is in force for ever. What is in force the box tells, by its own clock.
                Optional<Instant> closes = schedule.flatMap(this::parsed).flatMap(times -> times.closes(now));
                if (schedule.filter(found -> !found.is("active")).isEmpty()) {
                    windows.add(new OpenWindow(mark.owner(), until, closes));
                }
            });
        }
        return windows;
    }

    /** As the layout is to have them: what is over for good is left out, so that it is taken away. */
    Scheduled scheduled(Instant now) {
        Map<String, Scheduled.Window> byDevice = new HashMap<>();
        for (Item rule : ours()) {
            Mark mark = mark(rule).orElseThrow();
            String name = rule.textOr("sched", "");
            until(mark).ifPresent(until -> {
                Optional<Instant> closes = schedule(name)
                        .filter(schedule -> schedule.is("active"))
                        .flatMap(this::parsed)
                        .flatMap(times -> times.closes(now));
                if (closes.isPresent()) {
                    byDevice.put(mark.owner(), new Scheduled.Window(until, name));
                }
            });
        }
        return new Scheduled(byDevice);
    }

    private static Optional<Instant> until(Mark mark) {
        if (!mark.purpose().startsWith(UNTIL)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(mark.purpose().substring(UNTIL.length())));
        } catch (DateTimeException changedByHand) {
            return Optional.empty();
        }
    }

    Optional<Item> schedule(String name) {
        return schedules.stream()
                .filter(schedule -> schedule.textOr("name", "").equals(name))
                .findFirst();
    }

    /** Nothing where somebody made it repeat by weekday: then it never closes for good. */
    Optional<WindowSchedule> parsed(Item schedule) {
        List<ScheduleRange> ranges = new ArrayList<>();
        for (Item range : schedule.items("timerange")) {
            Optional<List<ScheduleRange>> read = ScheduleRange.read(range);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            ranges.addAll(read.get());
        }
        return Optional.of(new WindowSchedule(ranges, zone));
    }
}
