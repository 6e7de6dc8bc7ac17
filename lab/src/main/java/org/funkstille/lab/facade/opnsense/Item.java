package org.funkstille.lab.facade.opnsense;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An item of the configuration: a rule, an alias, a reservation.
 *
 * @param values of all its fields, in their order
 */
record Item(String uuid, Map<String, String> values) {

    Item {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Empty where it has no such field. */
    String get(String field) {
        return values.getOrDefault(field, "");
    }

    boolean is(String field) {
        return get(field).equals("1");
    }

    Item with(String field, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(field, value);
        return new Item(uuid, changed);
    }

    Item with(Map<String, String> more) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.putAll(more);
        return new Item(uuid, changed);
    }
}
