package org.funkstille.proof.read.nft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A value of JSON that knows where it stands, so that a complaint about it can say so. */
sealed interface Json {

    /** The index of its first character in the text. */
    int at();

    record Null(int at) implements Json {}

    record Bool(int at, boolean value) implements Json {}

    /** @param digits as written; may be of any size */
    record Num(int at, String digits) implements Json {}

    record Text(int at, String value) implements Json {}

    record Arr(int at, List<Json> items) implements Json {}

    /** Names and values side by side: most objects have one or two members. */
    record Obj(int at, List<String> names, List<Json> values) implements Json {}

    /** The member of that name; nothing where this is no object, has none, or has null. */
    default Optional<Json> get(String name) {
        if (this instanceof Obj object) {
            int index = object.names().indexOf(name);
            if (index >= 0 && !(object.values().get(index) instanceof Null)) {
                return Optional.of(object.values().get(index));
            }
        }
        return Optional.empty();
    }

    default boolean has(String name) {
        return this instanceof Obj object && object.names().contains(name);
    }

    /** The member's string, or the empty one. */
    default String text(String name) {
        return get(name).flatMap(Json::string).orElse("");
    }

    default Optional<String> string() {
        return this instanceof Text(int _, String value) ? Optional.of(value) : Optional.empty();
    }

    default OptionalLong number() {
        if (this instanceof Num(int _, String digits) && digits.matches("-?[0-9]{1,18}")) {
            return OptionalLong.of(Long.parseLong(digits));
        }
        return OptionalLong.empty();
    }

    default OptionalLong number(String name) {
        return get(name).map(Json::number).orElseGet(OptionalLong::empty);
    }

    /** The items of an array; of anything else, itself alone. */
    default List<Json> items() {
        return this instanceof Arr(int _, List<Json> items) ? items : List.of(this);
    }

    /** The name of an object's only member, {@code accept} of {@code {"accept": null}}; else empty. */
    default String kind() {
        return this instanceof Obj object && object.names().size() == 1
                ? object.names().getFirst()
                : "";
    }

    /** The value of an object's only member; of anything else, itself. */
    default Json body() {
        return this instanceof Obj object && object.values().size() == 1
                ? object.values().getFirst()
                : this;
    }

    /** On one line, without spaces. */
    default String compact() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        switch (this) {
            case Null _ -> text.append("null");
            case Bool(int _, boolean value) -> text.append(value);
            case Num(int _, String digits) -> text.append(digits);
            case Text(int _, String value) ->
                text.append('"')
                        .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            case Arr(int _, List<Json> items) -> {
                text.append('[');
                for (int index = 0; index < items.size(); index++) {
                    text.append(index == 0 ? "" : ",");
                    items.get(index).write(text);
                }
                text.append(']');
            }
            case Obj(int _, List<String> names, List<Json> values) -> {
                text.append('{');
                for (int index = 0; index < names.size(); index++) {
                    text.append(index == 0 ? "\"" : ",\"")
                            .append(names.get(index))
                            .append("\":");
                    values.get(index).write(text);
                }
                text.append('}');
            }
        }
    }
}
