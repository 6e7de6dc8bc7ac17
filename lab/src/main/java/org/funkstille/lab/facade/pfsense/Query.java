package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of many objects a request is about: {@code field=}, {@code field__contains=}, {@code limit=} and so on. */
final class Query {

    private static final Set<String> CONTROLS = Set.of(
            "apply",
            "async",
            "placement",
            "append",
            "remove",
            "dry_run",
            "limit",
            "offset",
            "reverse",
            "sort_by",
            "sort_order",
            "sort_flags",
            "all",
            "id",
            "parent_id");

    private final Json.Fields parameters;

    Query(Json.Fields parameters) {
        this.parameters = parameters;
    }

    /** True where it leaves objects out, by more than their number. */
    boolean isSelective() {
        return parameters.values().keySet().stream().anyMatch(name -> !CONTROLS.contains(name));
    }

    List<Json.Fields> of(List<Json.Fields> objects) {
        List<Json.Fields> result =
                new ArrayList<>(objects.stream().filter(this::matches).toList());
        sort(result);
        if (parameters.get("reverse").plain().equals("true")) {
            Collections.reverse(result);
        }
        int offset = (int) Math.min(number("offset"), result.size());
        int limit = (int) number("limit");
        int end = limit == 0 ? result.size() : Math.min(result.size(), offset + limit);
        return List.copyOf(result.subList(offset, end));
    }

    private void sort(List<Json.Fields> objects) {
        String field = parameters.get("sort_by").plain();
        if (!field.isEmpty()) {
            Comparator<Json.Fields> order =
                    Comparator.comparing(object -> object.get(field).plain());
            boolean down = parameters.get("sort_order").plain().equals("SORT_DESC");
            objects.sort(down ? order.reversed() : order);
        }
    }

    private long number(String control) {
        String text = parameters.get(control).plain();
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    private boolean matches(Json.Fields object) {
        for (Map.Entry<String, Json> condition : parameters.values().entrySet()) {
            String name = condition.getKey();
            if (name.equals("id") && object.has("id") && !same(object.get("id"), condition.getValue())) {
                return false;
            }
            if (!CONTROLS.contains(name) && !matches(object, name, condition.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(Json.Fields object, String name, Json wanted) {
        int mark = name.indexOf("__");
        String field = mark < 0 ? name : name.substring(0, mark);
        String filter = mark < 0 ? "exact" : name.substring(mark + 2);
        Json value = object.get(field);
        String text = value.plain();
        String other = wanted.plain();
        return switch (filter) {
            case "exact" -> same(value, wanted);
            case "except" -> !same(value, wanted);
            case "startswith" -> text.startsWith(other);
            case "endswith" -> text.endsWith(other);
            case "contains" ->
                value instanceof Json.Items items ? items.plainItems().contains(other) : text.contains(other);
            case "lt" -> Long.parseLong(text) < Long.parseLong(other);
            case "lte" -> Long.parseLong(text) <= Long.parseLong(other);
            case "gt" -> Long.parseLong(text) > Long.parseLong(other);
            case "gte" -> Long.parseLong(text) >= Long.parseLong(other);
            case "regex" -> Pattern.compile(other).matcher(text).find();
            default ->
                throw ApiError.invalid(
                        "QUERY_FILTER_NOT_FOUND",
                        "Query filter `" + filter.toLowerCase(Locale.ROOT) + "` does not exist.");
        };
    }

    /** What stands in a URL is text, whatever the field is. */
    private static boolean same(Json value, Json wanted) {
        return value.plain().equals(wanted.plain());
    }
}
