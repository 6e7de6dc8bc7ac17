package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.Mark;
import org.funkstille.routers.pf.PfLayout;
import org.funkstille.routers.pf.WantedAlias;
import org.funkstille.routers.pf.WantedRule;

/**
 * Makes the configuration what a layout says, and has pf load it.
 *
 * <p>A rule that is not as it should be, or not where it should be, is made anew and the old one deleted, not changed:
 * the tracker, by which pf names a rule, is then a new one too, so pf's own list tells whether it has taken it. What is
 * new is there before what is old goes, so no load of the filter in between finds a gap.
 */
final class Laying {

    /** A tracker is the second in which its rule was made. */
    private static final Duration BETWEEN_CREATIONS = Duration.ofMillis(1050);

    private final PfSenseApi api;
    private final FilterLoad filter;
    private long lastCreation = System.nanoTime() - BETWEEN_CREATIONS.toNanos();

    Laying(PfSenseApi api, FilterLoad filter) {
        this.api = api;
        this.filter = filter;
    }

    void lay(PfLayout layout, PfSenseWording wording) throws RouterException {
        aliases(layout);
        Set<String> wanted = new HashSet<>();
        layout.rules().forEach(rule -> wanted.add(rule.mark().toString()));
        removeRules(rule -> !wanted.contains(rule.textOr("descr", "")));
        Set<String> kept = rules(layout, wording);
        removeRules(rule -> !kept.contains(identity(rule)));
        filter.load(expected(layout));
        removeSchedules();
        removeAliases(layout);
        filter.settle();
    }

    private static String identity(Item rule) {
        return rule.textOr("tracker", "") + " " + rule.textOr("descr", "");
    }

    /** Their names cannot be changed, so what is there under a name of ours is given what it should hold. */
    private void aliases(PfLayout layout) throws RouterException {
        Map<String, Item> there = new LinkedHashMap<>();
        api.list("firewall/aliases").forEach(alias -> there.put(alias.textOr("name", ""), alias));
        for (WantedAlias alias : layout.aliases()) {
            Item found = there.get(alias.name());
            if (found == null) {
                api.post("firewall/alias", json(alias).add("name", alias.name()));
            } else if (!isAsWanted(found, alias)) {
                requireOurs(found, alias.name());
                // Read again just before: the id is a position.
                Item now = current(alias.name());
                api.patch(
                        "firewall/alias",
                        json(alias).add("id", now.number("id")).add("name", alias.name()));
            }
        }
    }

    private Item current(String name) throws RouterException {
        return api.list("firewall/aliases").stream()
                .filter(alias -> alias.textOr("name", "").equals(name))
                .findFirst()
                .orElseThrow(() -> new RouterException.Refused("the alias " + name
                        + " was deleted while it was being changed; somebody else is at work there"));
    }

    private static void requireOurs(Item alias, String name) throws RouterException {
        if (Configured.mark(alias).isEmpty()) {
            throw new RouterException.Refused("the router has an alias " + name + " that is not ours (its description"
                    + " does not begin with " + Mark.PREFIX + "); rename or delete it");
        }
    }

    private static String type(WantedAlias alias) {
        return alias.kind() == WantedAlias.Kind.NETWORKS ? "network" : "host";
    }

    private static JsonObject json(WantedAlias alias) {
        String detail = alias.mark().toString();
        return JsonObject.create()
                .add("type", type(alias))
                .add("descr", detail)
                .add("address", PfSenseApi.array(alias.entries()))
                .add(
                        "detail",
                        PfSenseApi.array(
                                alias.entries().stream().map(entry -> detail).toList()));
    }

    private static boolean isAsWanted(Item found, WantedAlias alias) {
        return found.textOr("descr", "").equals(alias.mark().toString())
                && found.textOr("type", "").equals(type(alias))
                && found.texts("address").stream().sorted().toList().equals(alias.entries());
    }

    /**
     * Makes what is missing, from the top of the list on.
     *
     * @return which of our rules are to stay
     */
    private Set<String> rules(PfLayout layout, PfSenseWording wording) throws RouterException {
        Map<String, Map<String, String>> wanted = new LinkedHashMap<>();
        layout.rules().forEach(rule -> wanted.put(rule.mark().toString(), wording.fields(rule)));
        Set<String> kept = new LinkedHashSet<>();
        List<Item> rules = api.list("firewall/rules");
        int position = 0;
        for (WantedRule rule : layout.rules()) {
            OptionalInt there = find(rule.mark().toString(), position, rules, wanted, wording);
            if (there.isEmpty()) {
                String made = create(wording.json(rule).add("placement", position));
                rules = api.list("firewall/rules");
                there = IntStream.range(0, rules.size())
                        .filter(new Numbered(rules, made)::is)
                        .findFirst();
            }
            position = there.orElseThrow(() -> new RouterException.ReadBackDiffers(
                            List.of("the rule \"" + rule.mark() + "\" is not there")))
                    + 1;
            kept.add(identity(rules.get(position - 1)));
        }
        return kept;
    }

    /** Rules, and one of ours among them. */
    private record Numbered(List<Item> rules, String tracker) {

        boolean is(int index) {
            return rules.get(index).textOr("tracker", "").equals(tracker)
                    && Configured.mark(rules.get(index)).isPresent();
        }
    }

    /** Where it stands as it should, with nothing before it that matters or stays. */
    private static OptionalInt find(
            String descr, int from, List<Item> rules, Map<String, Map<String, String>> wanted, PfSenseWording wording) {
        for (int index = from; index < rules.size(); index++) {
            Item rule = rules.get(index);
            String found = rule.textOr("descr", "");
            boolean asWanted =
                    wording.fields(rule).equals(wanted.get(found)) && isAlone(rule.textOr("tracker", ""), rules);
            if (found.equals(descr) && asWanted) {
                return OptionalInt.of(index);
            }
            boolean passable =
                    Configured.mark(rule).isPresent() ? !asWanted : rule.is("disabled") || !rule.is("floating");
            if (!passable) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isAlone(String tracker, List<Item> rules) {
        return rules.stream()
                        .filter(rule -> rule.textOr("tracker", "").equals(tracker))
                        .count()
                == 1;
    }

    private String create(JsonObject rule) throws RouterException {
        Pause.until(lastCreation + BETWEEN_CREATIONS.toNanos());
        Item made = api.post("firewall/rule", rule);
        lastCreation = System.nanoTime();
        return made.textOr("tracker", "");
    }

    private void removeRules(Predicate<Item> surplus) throws RouterException {
        for (Item rule : api.list("firewall/rules")) {
            if (Configured.mark(rule).isPresent() && surplus.test(rule)) {
                api.delete(
                        "firewall/rules",
                        Map.of("tracker", rule.textOr("tracker", ""), "descr", rule.textOr("descr", "")));
            }
        }
    }

    /** Trackers that pf must have; a rule with a schedule is not there outside of its time. */
    private List<String> expected(PfLayout layout) throws RouterException {
        Map<String, String> trackers = new LinkedHashMap<>();
        for (Item rule : api.list("firewall/rules")) {
            if (Configured.mark(rule).isPresent()) {
                trackers.put(rule.textOr("descr", ""), rule.textOr("tracker", ""));
            }
        }
        List<String> expected = new ArrayList<>();
        for (WantedRule rule : layout.rules()) {
            String tracker = Optional.ofNullable(trackers.get(rule.mark().toString()))
                    .orElseThrow(() -> new RouterException.ReadBackDiffers(
                            List.of("the rule \"" + rule.mark() + "\" is not in the configuration")));
            if (rule.schedule().isEmpty()) {
                expected.add(tracker);
            }
        }
        return expected;
    }

    /** Never one that a rule still names: without it, pfSense puts the rule in force for ever. */
    private void removeSchedules() throws RouterException {
        List<Item> schedules = api.list("firewall/schedules");
        if (schedules.stream().noneMatch(schedule -> Configured.mark(schedule).isPresent())) {
            return;
        }
        Set<String> named = new HashSet<>();
        api.list("firewall/rules").forEach(rule -> rule.text("sched").ifPresent(named::add));
        for (Item schedule : schedules) {
            String name = schedule.textOr("name", "");
            if (Configured.mark(schedule).isPresent() && !named.contains(name)) {
                api.delete("firewall/schedules", Map.of("name", name));
            }
        }
    }

    private void removeAliases(PfLayout layout) throws RouterException {
        Set<String> wanted = new HashSet<>();
        layout.aliases().forEach(alias -> wanted.add(alias.name()));
        boolean removed = false;
        for (Item alias : api.list("firewall/aliases")) {
            String name = alias.textOr("name", "");
            if (Configured.mark(alias).isPresent() && !wanted.contains(name)) {
                api.delete("firewall/aliases", Map.of("name", name, "descr", alias.textOr("descr", "")));
                removed = true;
            }
        }
        if (removed) {
            filter.apply();
        }
    }
}
