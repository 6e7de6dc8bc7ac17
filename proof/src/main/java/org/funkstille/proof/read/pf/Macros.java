package org.funkstille.proof.read.pf;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The macros defined so far; a later definition of the same name counts from there on. */
final class Macros {

    private final Map<String, String> values = new HashMap<>();

    void define(String name, String value) {
        values.put(name, value);
    }

    @Nullable
    String value(String name) {
        return values.get(name);
    }
}
