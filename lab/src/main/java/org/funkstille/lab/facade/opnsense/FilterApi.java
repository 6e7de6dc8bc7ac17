package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /api/firewall/filter} and {@code filter_util} (opnsense/core, Firewall/Api/FilterController.php). */
final class FilterApi {

    private static final int STEP = 50;

    private final Box box;
    private final ItemList rules;
    private final ItemActions actions;
    private final Rollback rollback;
    private final RuleStats stats;

    FilterApi(Box box, Rollback rollback, RuleStats stats) {
        this.box = box;
        this.rules = box.configuration().rules();
        this.actions = new ItemActions(box.configuration(), rules, "rule");
        this.rollback = rollback;
        this.stats = stats;
    }

    void routes(Routes routes) {
        routes.put("firewall/filter/add_rule", actions::add);
        routes.put("firewall/filter/get_rule", actions::get);
        routes.put("firewall/filter/set_rule", actions::set);
        routes.put("firewall/filter/del_rule", actions::delete);
        routes.put("firewall/filter/toggle_rule", actions::toggle);
        routes.put("firewall/filter/toggle_rule_log", this::toggleLog);
        routes.put("firewall/filter/search_rule", this::search);
        routes.put("firewall/filter/move_rule_before", this::move);
        routes.put("firewall/filter/get_interface_list", _ -> interfaces());
        routes.put("firewall/filter/apply", this::apply);
        routes.put("firewall/filter_util/rule_stats", stats::answer);
        if (box.release().hasSavepoints()) {
            routes.put("firewall/filter/savepoint", rollback::savepoint);
            routes.put("firewall/filter/cancel_rollback", rollback::cancel);
            routes.put("firewall/filter/revert", rollback::revert);
        }
        if (box.release().hasFlushInspectCache()) {
            routes.put("firewall/filter/flush_inspect_cache", this::flushCache);
        }
    }

    private Object apply(Call call) throws IOException, InterruptedException {
        if (!call.isPost()) {
            return Json.object("status", "error");
        }
        if (box.release().hasSavepoints()) {
            call.parameter(0).ifPresent(rollback::arm);
        }
        box.loadRules();
        return Json.object("status", "OK\n\n");
    }

    private Object flushCache(Call call) {
        if (!call.isPost()) {
            return Json.object("status", "failed");
        }
        if (!box.isPretending()) {
            stats.flush();
        }
        return Json.object("status", "ok");
    }

    private Object toggleLog(Call call) throws UserException {
        if (!call.isPost()) {
            return Json.object("status", "error", "message", "Invalid request method");
        }
        String uuid = call.parameter(0).orElse("");
        if (rules.find(uuid).isEmpty()) {
            throw new UserException("An error occurred", "Rule not found");
        }
        rules.change(uuid, rule -> rule.with("log", call.parameter(1).orElse("0")));
        box.configuration().save();
        return Json.object("status", "ok");
    }

    private Object search(Call call) throws IOException, InterruptedException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Item rule : rules.all()) {
            if (isListed(call, rule.get("interface"), rule.is("interfacenot"))) {
                Map<String, Object> row = actions.row(rule);
                if (!box.release().listsDisplayTexts()) {
                    int group = FilterRules.priority(rule);
                    row.put("sort_order", "%d.0%06d".formatted(group, Integer.parseInt(rule.get("sequence"))));
                    row.put("prio_group", Integer.toString(group));
                }
                rows.add(row);
            }
        }
        if (box.release().listsSystemRules()) {
            rows.addAll(systemRows(call));
        }
        if (showsAll(call)) {
            Map<String, Map<String, Object>> counted = stats.byLabel();
            rows.forEach(row -> row.putAll(counted.getOrDefault(String.valueOf(row.get("uuid")), Map.of())));
        }
        return Search.answer(call, rows, box.release().listsDisplayTexts() ? "sequence" : "sort_order");
    }

    private static boolean showsAll(Call call) {
        return call.value("show_all")
                .filter(text -> !text.isEmpty() && !text.equals("0"))
                .isPresent();
    }

    private List<Map<String, Object>> systemRows(Call call) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (GeneratedRule rule : box.generatedRules()) {
            if (rules.find(rule.label()).isEmpty()) {
                Map<String, Object> row = SystemRow.of(rule, rows.size() + 1);
                if (isListed(call, String.valueOf(row.get("interface")), false)) {
                    rows.add(SystemRow.translated(row));
                }
            }
        }
        return rows;
    }

    private boolean isListed(Call call, String interfaces, boolean inverted) {
        Optional<String> asked = call.value("interface");
        List<String> of =
                Stream.of(interfaces.split(",")).filter(key -> !key.isEmpty()).toList();
        List<String> wanted = Stream.of(asked.orElse("").split(","))
                .filter(key -> !key.isEmpty())
                .toList();
        boolean floating = of.size() != 1;
        if (wanted.isEmpty()) {
            return floating || (!box.release().listsFloatingRulesOnly() && asked.isEmpty());
        }
        if (of.isEmpty()) {
            // Since 26.1 rules of no interface are listed with each (opnsense/core, issue 10313), before only on
            // demand.
            return !box.release().listsFloatingRulesOnly() || showsAll(call);
        }
        return Collections.disjoint(of, wanted) == inverted;
    }

    private Object move(Call call) throws UserException {
        if (!call.isPost()) {
            return Json.object("status", "error", "message", "Invalid request method");
        }
        Optional<Item> selected = call.parameter(0).flatMap(rules::find);
        Optional<Item> target = call.parameter(1).flatMap(rules::find);
        if (selected.isEmpty() || target.isEmpty()) {
            throw new UserException("Filter", "Either source or destination is not a rule managed with this component");
        }
        int group = FilterRules.priority(target.get());
        if (FilterRules.priority(selected.get()) != group) {
            throw new UserException(
                    "Filter",
                    "Cannot move '%s Rule' before '%s Rule'."
                            .formatted(groupName(FilterRules.priority(selected.get())), groupName(group)));
        }
        if (selected.get().uuid().equals(target.get().uuid())) {
            throw new UserException("Filter", "Cannot move to the same spot.");
        }
        Map<String, Integer> sequences = renumbered(group, target.get().uuid());
        int place = sequences.getOrDefault("", 1);
        sequences.forEach(
                (uuid, sequence) -> rules.change(uuid, rule -> rule.with("sequence", Integer.toString(sequence))));
        rules.change(selected.get().uuid(), rule -> rule.with("sequence", Integer.toString(place)));
        box.configuration().save();
        return Json.object("status", "ok");
    }

    private static String groupName(int group) {
        return group == FilterRules.FLOATING ? "Floating" : "Interface";
    }

    /** New sequences of rules; under the empty key that of the rule that moves. As moveRuleBeforeAction does it. */
    private Map<String, Integer> renumbered(int group, String target) {
        Map<String, Integer> changed = new HashMap<>();
        Optional<Integer> place = Optional.empty();
        Optional<Integer> before = Optional.empty();
        for (Item rule : FilterRules.ordered(rules.all())) {
            if (FilterRules.priority(rule) != group) {
                continue;
            }
            int sequence = Integer.parseInt(rule.get("sequence"));
            if (rule.uuid().equals(target)) {
                int distance = sequence - before.orElse(1);
                if (distance > 2) {
                    changed.put("", distance / 2 + before.orElse(1));
                    return changed;
                }
                place = Optional.of(before.map(former -> former + STEP).orElse(1));
                sequence = place.get() + STEP;
                changed.put(rule.uuid(), sequence);
            } else if (place.isPresent() && sequence < before.orElse(0)) {
                sequence = before.orElse(0) + STEP;
                changed.put(rule.uuid(), sequence);
            }
            before = Optional.of(sequence);
        }
        changed.put("", place.orElse(1));
        return changed;
    }

    private static Object interfaces() {
        List<Object> items = new ArrayList<>();
        for (BoxInterface one : BoxInterface.ALL) {
            items.add(Json.object("value", one.key(), "label", one.description(), "type", "interface"));
        }
        Map<String, Object> floating = Json.object("value", "__floating", "label", "Floating", "type", "floating");
        Map<String, Object> result = Json.object();
        result.put("floating", Json.object("label", "Floating", "items", Arrays.asList(floating)));
        result.put("groups", Json.object("label", "Groups", "items", List.of()));
        result.put("interfaces", Json.object("label", "Interfaces", "items", items));
        return result;
    }
}
