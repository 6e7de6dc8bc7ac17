package org.funkstille.core.config;

import java.util.Map;
import java.util.TreeMap;

/** The JSON Schema (draft 2020-12) of {@code funkstille.yaml}, for editors; made from the shape that the reader uses. */
public final class HomeSchema {

    private HomeSchema() {}

    /** A JSON document. */
    public static String json() {
        StringBuilder out = new StringBuilder();
        out.append("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"funkstille.yaml\",");
        body(HomeShape.HOME, out);
        return out.append("}\n").toString();
    }

    private static void object(Shape shape, String description, StringBuilder out) {
        out.append('{');
        if (!description.isEmpty()) {
            out.append("\"description\":").append(quote(description)).append(',');
        }
        body(shape, out);
        out.append('}');
    }

    private static void body(Shape shape, StringBuilder out) {
        switch (shape) {
            case Shape.Text text ->
                out.append("\"type\":\"string\",\"pattern\":").append(quote("^(" + text.pattern() + ")$"));
            case Shape.Choice choice ->
                out.append("\"enum\":[")
                        .append(String.join(
                                ",",
                                choice.words().stream().map(HomeSchema::quote).toList()))
                        .append(']');
            case Shape.Whole whole ->
                out.append("\"type\":\"integer\",\"minimum\":%d,\"maximum\":%d".formatted(whole.least(), whole.most()));
            case Shape.Flag flag -> out.append("\"type\":\"boolean\"");
            case Shape.SecretReference reference -> {
                out.append("\"oneOf\":[{\"type\":\"string\",\"pattern\":\"^\\\\$\\\\{[A-Za-z_][A-Za-z0-9_]*\\\\}$\"},");
                object(Entry.SECRET_FILE, "", out);
                out.append(']');
            }
            case Shape.Many many -> many(many, out);
            case Shape.Section section -> section(section, out);
        }
    }

    private static void many(Shape.Many many, StringBuilder out) {
        if (many.orOne()) {
            out.append("\"oneOf\":[");
            object(many.item(), "", out);
            out.append(",{");
            list(many, out);
            out.append("}]");
        } else {
            list(many, out);
        }
    }

    private static void list(Shape.Many many, StringBuilder out) {
        out.append("\"type\":\"array\",\"minItems\":%d,\"items\":".formatted(many.least()));
        object(many.item(), "", out);
    }

    private static void section(Shape.Section section, StringBuilder out) {
        Map<String, String> properties = new TreeMap<>();
        for (Shape.Key key : section.keys()) {
            StringBuilder property = new StringBuilder();
            object(key.shape(), key.description(), property);
            properties.put(key.name(), quote(key.name()) + ":" + property);
        }
        out.append("\"type\":\"object\",\"additionalProperties\":false,\"required\":[")
                .append(String.join(
                        ",",
                        section.keys().stream()
                                .filter(Shape.Key::required)
                                .map(key -> quote(key.name()))
                                .toList()))
                .append("],\"properties\":{")
                .append(String.join(",", properties.values()))
                .append('}');
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
