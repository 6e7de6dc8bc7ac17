package org.funkstille.lab.facade.opnsense;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as PHP's {@code json_encode} writes it: slashes and all but ASCII are escaped, and an object without members
 * comes out as an empty array.
 */
final class Json {

    /** What becomes {@code null}. */
    static final Object NULL = new Object();

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** @param namesAndValues a name, its value, the next name … */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            object.put((String) namesAndValues[at], namesAndValues[at + 1]);
        }
        return object;
    }

    /** @param value of maps, lists, texts, numbers, booleans and {@link #NULL} */
    static String write(Object value) {
        Json json = new Json();
        json.value(value);
        return json.text.toString();
    }

    private void value(Object value) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> text.append("[]");
            case Map<?, ?> map -> members(map);
            case List<?> list -> elements(list);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth.booleanValue());
            case String string -> string(string);
            default -> text.append("null");
        }
    }

    private void members(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append(separator);
            string(String.valueOf(member.getKey()));
            text.append(':');
            value(member.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private void elements(List<?> list) {
        String separator = "";
        text.append('[');
        for (Object element : list) {
            text.append(separator);
            value(element);
            separator = ",";
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        for (int at = 0; at < string.length(); at++) {
            char c = string.charAt(at);
            switch (c) {
                case '"', '\\', '/' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
