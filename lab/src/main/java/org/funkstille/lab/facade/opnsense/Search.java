package org.funkstille.lab.facade.opnsense;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What every list of the interface understands: pages, words and an order (opnsense/core, ApiControllerBase.php). */
final class Search {

    private Search() {}

    /** @param order the field that rows are sorted by where the request does not say; empty: as they come */
    static Map<String, Object> answer(Call call, List<Map<String, Object>> rows, String order) {
        List<Map<String, Object>> found = new ArrayList<>(rows);
        for (String word : call.value("searchPhrase").orElse("").split("\\s+")) {
            found.removeIf(row -> !contains(row, word.toLowerCase(Locale.ROOT)));
        }
        Optional<Map.Entry<String, JsonNode>> wanted = call.body().elements().get("sort") instanceof JsonObject sort
                ? sort.elements().entrySet().stream().findFirst()
                : Optional.empty();
        String field = wanted.map(Map.Entry::getKey).orElse(order);
        if (!field.isEmpty()) {
            Comparator<Map<String, Object>> byField =
                    Comparator.comparing(row -> String.valueOf(row.getOrDefault(field, "")), Search::natural);
            boolean down = wanted.filter(entry -> entry.getValue().text().equals("desc"))
                    .isPresent();
            found.sort(down ? byField.reversed() : byField);
        }
        int page = number(call, "current", 1);
        int size = number(call, "rowCount", -1);
        List<Map<String, Object>> shown = size < 0
                ? found
                : found.stream().skip((long) (page - 1) * size).limit(size).toList();
        return Json.object("total", found.size(), "rowCount", shown.size(), "current", page, "rows", shown);
    }

    private static boolean contains(Map<String, Object> row, String word) {
        return row.values().stream()
                .anyMatch(value -> value instanceof String text
                        && text.toLowerCase(Locale.ROOT).contains(word));
    }

    /** Numbers by their value, as PHP's natural order. */
    private static int natural(String a, String b) {
        boolean numbers = a.matches("[0-9.]{1,18}") && b.matches("[0-9.]{1,18}") && !a.contains("..");
        if (numbers && a.indexOf('.') == a.lastIndexOf('.') && b.indexOf('.') == b.lastIndexOf('.')) {
            return Double.compare(Double.parseDouble("0" + a), Double.parseDouble("0" + b));
        }
        return a.compareToIgnoreCase(b);
    }

    static int number(Call call, String name, int otherwise) {
        return call.value(name)
                .filter(text -> text.matches("-?[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }
}
