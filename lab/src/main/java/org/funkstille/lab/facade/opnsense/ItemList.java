package org.funkstille.lab.facade.opnsense;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The items of one kind in the configuration (opnsense/core, ArrayField.php). */
final class ItemList {

    private final String name;
    private final List<Field> fields;
    private final Function<Item, List<Problem>> checks;
    private List<Item> items = List.of();

    /** Something that is wrong with an item. */
    record Problem(String field, String message) {}

    /**
     * @param name the XML element of an item, and what a request wraps its fields in
     * @param checks of an item as a whole
     */
    ItemList(String name, List<Field> fields, Function<Item, List<Problem>> checks) {
        this.name = name;
        this.fields = List.copyOf(fields);
        this.checks = checks;
    }

    String name() {
        return name;
    }

    List<Field> fields() {
        return fields;
    }

    /** In the order in which they were made. */
    List<Item> all() {
        return items;
    }

    Optional<Item> find(String uuid) {
        return items.stream().filter(item -> item.uuid().equals(uuid)).findFirst();
    }

    /** An item with what fields have at first. */
    Item blank(String uuid) {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name(), field.initial().get()));
        return new Item(uuid, values);
    }

    Item blank() {
        return blank(UUID.randomUUID().toString());
    }

    List<Problem> problems(Item item) {
        List<Problem> problems = new ArrayList<>();
        for (Field field : fields) {
            field.problems(item.get(field.name())).stream()
                    .map(message -> new Problem(field.name(), message))
                    .forEach(problems::add);
        }
        problems.addAll(checks.apply(item));
        return problems;
    }

    /** Adds it, or puts it in the place of the one with its uuid. */
    void put(Item item) {
        List<Item> changed = new ArrayList<>(items);
        int place = changed.indexOf(find(item.uuid()).orElse(item));
        if (place < 0) {
            changed.add(item);
        } else {
            changed.set(place, item);
        }
        items = List.copyOf(changed);
    }

    boolean remove(String uuid) {
        int before = items.size();
        items = items.stream().filter(item -> !item.uuid().equals(uuid)).toList();
        return items.size() < before;
    }

    void change(String uuid, UnaryOperator<Item> change) {
        find(uuid).map(change).ifPresent(this::put);
    }

    void restore(List<Item> former) {
        items = List.copyOf(former);
    }

    /** As it stands in {@code config.xml}. */
    String xml(String indent) {
        StringBuilder xml = new StringBuilder();
        for (Item item : items) {
            xml.append(indent).append("<%s uuid=\"%s\">\n".formatted(name, item.uuid()));
            item.values()
                    .forEach((field, value) -> xml.append(indent)
                            .append("  ")
                            .append(
                                    value.isEmpty()
                                            ? "<" + field + "/>\n"
                                            : "<%1$s>%2$s</%1$s>\n".formatted(field, escaped(value))));
            xml.append(indent).append("</").append(name).append(">\n");
        }
        return xml.toString();
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
