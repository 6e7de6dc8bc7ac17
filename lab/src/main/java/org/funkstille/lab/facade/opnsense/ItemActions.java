package org.funkstille.lab.facade.opnsense;

import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What every controller can do with the items of the configuration, and how it answers (opnsense/core,
 * Base/ApiMutableModelControllerBase.php).
 */
final class ItemActions {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final Configuration configuration;
    private final ItemList items;
    private final String envelope;

    /** @param envelope what requests and answers wrap the fields in */
    ItemActions(Configuration configuration, ItemList items, String envelope) {
        this.configuration = configuration;
        this.items = items;
        this.envelope = envelope;
    }

    static Map<String, Object> failed() {
        return Json.object("result", "failed");
    }

    Object add(Call call) throws UserException {
        Optional<JsonObject> posted = call.posted(envelope);
        if (posted.isEmpty()) {
            return failed();
        }
        Item item = overlaid(items.blank(), posted.get());
        Optional<Map<String, Object>> invalid = invalid(item);
        if (invalid.isPresent()) {
            return invalid.get();
        }
        items.put(item);
        configuration.save();
        return Json.object("result", "saved", "uuid", item.uuid());
    }

    /** Makes the item where there is none of that uuid. */
    Object set(Call call) throws UserException {
        Optional<JsonObject> posted = call.posted(envelope);
        String uuid = call.parameter(0).orElse("");
        if (posted.isEmpty()
                || (items.find(uuid).isEmpty() && !UUID.matcher(uuid).matches())) {
            return failed();
        }
        Item item = overlaid(items.find(uuid).orElseGet(() -> items.blank(uuid)), posted.get());
        Optional<Map<String, Object>> invalid = invalid(item);
        if (invalid.isPresent()) {
            return invalid.get();
        }
        items.put(item);
        configuration.save();
        return Json.object("result", "saved");
    }

    Object get(Call call) {
        Optional<Item> item =
                call.parameter(0).isPresent() ? items.find(call.parameters().getFirst()) : Optional.of(items.blank());
        return item.map(found -> Json.object(envelope, nodes(found))).orElseGet(Json::object);
    }

    Object delete(Call call) throws UserException {
        Map<String, Object> result = failed();
        if (!call.isPost()) {
            return result;
        }
        boolean changed = false;
        for (String uuid : uuids(call)) {
            boolean removed = items.remove(uuid);
            changed |= removed;
            result.put("result", removed ? "deleted" : "not found");
        }
        if (changed) {
            configuration.save();
        }
        return result;
    }

    Object toggle(Call call) throws UserException {
        Map<String, Object> result = failed();
        if (!call.isPost()) {
            return result;
        }
        Optional<String> wanted = call.parameter(1);
        boolean changed = false;
        for (String uuid : uuids(call)) {
            Optional<Item> item = items.find(uuid);
            if (item.isEmpty()) {
                continue;
            }
            String now = item.get().get("enabled");
            String next = wanted.orElse(now.equals("1") ? "0" : "1");
            if (!next.matches("[01]")) {
                result.put("changed", false);
                break;
            }
            changed = !next.equals(now);
            result.put("result", next.equals("1") ? "Enabled" : "Disabled");
            result.put("changed", changed);
            items.put(item.get().with("enabled", next));
        }
        if (changed) {
            configuration.save();
        }
        return result;
    }

    /** @param order the field that rows are sorted by */
    Object search(Call call, String order) {
        return Search.answer(call, items.all().stream().map(this::row).toList(), order);
    }

    private static List<String> uuids(Call call) {
        return call.parameter(0).map(csv -> Arrays.asList(csv.split(","))).orElse(List.of());
    }

    /** Fields that there are not are passed over. */
    private Item overlaid(Item item, JsonObject posted) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : items.fields()) {
            Optional.ofNullable(posted.elements().get(field.name()))
                    .flatMap(Call::text)
                    .ifPresent(value -> values.put(field.name(), value));
        }
        return item.with(values);
    }

    /** The messages of a field are one text or a list of several. */
    private Optional<Map<String, Object>> invalid(Item item) {
        Map<String, Object> validations = new LinkedHashMap<>();
        Map<String, List<String>> byField = new LinkedHashMap<>();
        for (ItemList.Problem problem : items.problems(item)) {
            List<String> messages = byField.computeIfAbsent(problem.field(), _ -> new ArrayList<>());
            if (!messages.contains(problem.message())) {
                messages.add(problem.message());
            }
        }
        byField.forEach((field, messages) ->
                validations.put(envelope + "." + field, messages.size() == 1 ? messages.getFirst() : messages));
        return validations.isEmpty()
                ? Optional.empty()
                : Optional.of(Json.object("result", "failed", "validations", validations));
    }

    private Map<String, Object> nodes(Item item) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        items.fields().forEach(field -> nodes.put(field.name(), field.node(item.get(field.name()))));
        return nodes;
    }

    /** As lists show it. */
    Map<String, Object> row(Item item) {
        Map<String, Object> row = Json.object("uuid", item.uuid());
        for (Field field : items.fields()) {
            String value = item.get(field.name());
            String shown = field.shown(value);
            if (configuration.release().listsDisplayTexts()) {
                row.put(field.name(), shown);
            } else {
                row.put(field.name(), value);
                if (!shown.equals(value)) {
                    row.put("%" + field.name(), shown);
                }
            }
        }
        return row;
    }
}
