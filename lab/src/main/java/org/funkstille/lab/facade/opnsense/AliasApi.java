package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /api/firewall/alias} (opnsense/core, Firewall/Api/AliasController.php). */
final class AliasApi {

    private static final List<String> ENDS =
            List.of("source_net", "destination_net", "source_port", "destination_port");

    private final Box box;
    private final ItemList aliases;
    private final ItemActions actions;

    AliasApi(Box box) {
        this.box = box;
        this.aliases = box.configuration().aliases();
        this.actions = new ItemActions(box.configuration(), aliases, "alias");
    }

    void routes(Routes routes) {
        routes.put("firewall/alias/add_item", actions::add);
        routes.put("firewall/alias/set_item", this::set);
        routes.put("firewall/alias/get_item", this::get);
        routes.put("firewall/alias/del_item", this::delete);
        routes.put("firewall/alias/toggle_item", actions::toggle);
        routes.put("firewall/alias/search_item", this::search);
        routes.put("firewall/alias/get_alias_u_u_i_d", this::uuid);
        routes.put("firewall/alias/list_network_aliases", _ -> networkAliases());
        routes.put("firewall/alias/get_table_size", _ -> tableSize());
        routes.put("firewall/alias/reconfigure", this::reconfigure);
    }

    /** A new name is put wherever the old one stood. */
    private Object set(Call call) throws UserException {
        Optional<Item> before = call.parameter(0).flatMap(aliases::find);
        Object answer = actions.set(call);
        Optional<Item> after = before.flatMap(item -> aliases.find(item.uuid()));
        if (after.isPresent()) {
            rename(before.get().get("name"), after.get().get("name"));
        }
        return answer;
    }

    private void rename(String before, String after) {
        if (before.equals(after)) {
            return;
        }
        ItemList rules = box.configuration().rules();
        for (Item rule : rules.all()) {
            Item changed = rule;
            for (String field : ENDS) {
                changed = changed.with(
                        field,
                        Arrays.stream(rule.get(field).split(",", -1))
                                .map(entry -> entry.equals(before) ? after : entry)
                                .collect(Collectors.joining(",")));
            }
            rules.put(changed);
        }
    }

    /** The content is shown as choices, all of them taken. */
    private Object get(Call call) {
        Object answer = actions.get(call);
        Optional<Item> alias = call.parameter(0).flatMap(aliases::find);
        if (alias.isPresent() && answer instanceof Map<?, ?> map && map.get("alias") instanceof Map<?, ?> fields) {
            Map<String, Object> content = Json.object();
            for (String entry : AliasModel.entries(alias.get())) {
                content.put(entry, Json.object("value", entry, "selected", 1));
            }
            Map<String, Object> shown = Json.object();
            fields.forEach((name, value) -> shown.put(String.valueOf(name), value));
            shown.put("content", content);
            return Json.object("alias", shown);
        }
        return answer;
    }

    private Object delete(Call call) throws UserException {
        for (String uuid : call.parameter(0).orElse("").split(",")) {
            Optional<Item> alias = aliases.find(uuid);
            List<String> users = alias.map(item -> users(item.get("name"))).orElse(List.of());
            if (!users.isEmpty()) {
                throw new UserException(
                        "Alias in use", "Cannot delete alias. Currently in use by \n" + String.join("\n", users));
            }
        }
        return actions.delete(call);
    }

    private List<String> users(String name) {
        List<String> users = new ArrayList<>();
        for (Item rule : box.configuration().rules().all()) {
            boolean names = ENDS.stream()
                    .flatMap(field -> Arrays.stream(rule.get(field).split(",")))
                    .anyMatch(name::equals);
            if (names) {
                users.add("[OPNsense.Firewall.Filter.rules.rule." + rule.uuid() + "] " + rule.get("description"));
            }
        }
        for (Item alias : aliases.all()) {
            if (AliasModel.entries(alias).contains(name)) {
                users.add("[OPNsense.Firewall.Alias.aliases.alias." + alias.uuid() + "] " + alias.get("name"));
            }
        }
        return users;
    }

    /** The box's own tables are listed too, with their names as uuids. */
    private Object search(Call call) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Item alias : aliases.all()) {
            rows.add(shown(actions.row(alias), alias.get("name")));
        }
        for (String name : AliasNames.BUILT_IN) {
            rows.add(shown(actions.row(builtIn(name, "external")), name));
        }
        for (BoxInterface one : BoxInterface.ALL) {
            String name = "__" + one.key() + "_network";
            rows.add(shown(actions.row(builtIn(name, "internal")), name));
        }
        List<String> types = call.value("type")
                .filter(text -> !text.isEmpty())
                .map(text -> Arrays.asList(text.split(",")))
                .orElse(List.of());
        rows.removeIf(row -> !types.isEmpty() && !types.contains(String.valueOf(row.get("type"))));
        return Search.answer(call, rows, "name");
    }

    private Item builtIn(String name, String type) {
        return aliases.blank(name).with(Map.of("name", name, "type", type, "description", name));
    }

    private Map<String, Object> shown(Map<String, Object> row, String name) {
        row.put(
                "current_items",
                box.pf()
                        .tables()
                        .entries(name)
                        .map(entries -> Integer.toString(entries.size()))
                        .orElse(""));
        row.put("last_updated", "");
        return row;
    }

    private Object uuid(Call call) {
        String name = call.parameter(0).orElse("");
        return box.configuration()
                .aliasNames()
                .find(name)
                .map(alias -> Json.object("uuid", alias.uuid()))
                .orElseGet(Json::object);
    }

    private Object networkAliases() {
        Map<String, Object> result = Json.object();
        aliases.all().stream()
                .filter(alias -> !List.of("external", "port").contains(alias.get("type")))
                .map(alias -> alias.get("name"))
                .sorted()
                .forEach(name -> result.put(name, name));
        return result;
    }

    private Object tableSize() {
        int used = box.pf().tables().names().stream()
                .mapToInt(
                        name -> box.pf().tables().entries(name).map(List::size).orElse(0))
                .sum();
        return Json.object("status", "ok", "size", 1_000_000, "used", used);
    }

    private Object reconfigure(Call call) throws IOException, InterruptedException {
        if (!call.isPost()) {
            return Json.object("status", "failed");
        }
        box.loadRules();
        box.loadAliases();
        return Json.object("status", "ok");
    }
}
