package org.funkstille.lab.facade.opnsense;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A field of an item of the configuration (opnsense/core, Base/FieldTypes).
 *
 * @param initial its value where nobody says another
 */
record Field(String name, Supplier<String> initial, boolean required, Kind kind) {

    /** What values a field can have. */
    sealed interface Kind {

        /** @param pattern of the whole value */
        record Text(Pattern pattern, String message) implements Kind {}

        record Flag() implements Kind {}

        /**
         * @param choices each with what a person reads
         * @param several separated by commas
         */
        record Choice(Supplier<Map<String, String>> choices, boolean several) implements Kind {}

        record WholeNumber(long least, long most, String message) implements Kind {}

        /** @param problems messages about a value that is not empty */
        record Checked(Function<String, List<String>> problems) implements Kind {}
    }

    static Field text(String name) {
        return text(name, "(?s).*", "Text does not validate.");
    }

    static Field text(String name, String pattern, String message) {
        return new Field(name, () -> "", false, new Kind.Text(Pattern.compile(pattern), message));
    }

    static Field flag(String name, boolean initial) {
        return new Field(name, () -> initial ? "1" : "0", true, new Kind.Flag());
    }

    static Field choice(String name, String initial, Map<String, String> choices) {
        return new Field(name, () -> initial, !initial.isEmpty(), new Kind.Choice(() -> choices, false));
    }

    static Field several(String name, Supplier<Map<String, String>> choices) {
        return new Field(name, () -> "", false, new Kind.Choice(choices, true));
    }

    static Field number(String name, String initial, long least, long most, String message) {
        return new Field(name, () -> initial, false, new Kind.WholeNumber(least, most, message));
    }

    static Field checked(String name, Function<String, List<String>> problems) {
        return new Field(name, () -> "", false, new Kind.Checked(problems));
    }

    Field needed() {
        return new Field(name, initial, true, kind);
    }

    Field initially(Supplier<String> value) {
        return new Field(name, value, required, kind);
    }

    /** Messages about a value; none where it is good. */
    List<String> problems(String value) {
        if (value.isEmpty()) {
            return required ? List.of("A value is required.") : List.of();
        }
        return switch (kind) {
            case Kind.Text text -> text.pattern().matcher(value).matches() ? List.of() : List.of(text.message());
            case Kind.Flag _ ->
                value.equals("0") || value.equals("1") ? List.of() : List.of("Value should be a boolean (0,1).");
            case Kind.Choice choice ->
                choice.choices().get().keySet().containsAll(entries(choice, value))
                        ? List.of()
                        : List.of("Option [] not in list."); // what was given is lost on the way to the message
            case Kind.WholeNumber number -> isWithin(number, value) ? List.of() : List.of(number.message());
            case Kind.Checked checked -> checked.problems().apply(value);
        };
    }

    private static boolean isWithin(Kind.WholeNumber number, String value) {
        if (!value.matches("[0-9]{1,10}")) {
            return false;
        }
        long parsed = Long.parseLong(value);
        return parsed >= number.least() && parsed <= number.most();
    }

    private static List<String> entries(Kind.Choice choice, String value) {
        return choice.several() ? Arrays.asList(value.split(",")) : List.of(value);
    }

    /** What a person reads. */
    String shown(String value) {
        if (kind instanceof Kind.Choice choice && !value.isEmpty()) {
            Map<String, String> texts = choice.choices().get();
            return entries(choice, value).stream()
                    .map(entry -> texts.getOrDefault(entry, entry))
                    .collect(Collectors.joining(", "));
        }
        return value;
    }

    /** As {@code get_…} shows it: the choices, each with whether it is taken, or else the value. */
    Object node(String value) {
        Optional<Map<String, String>> choices = kind instanceof Kind.Choice choice
                ? Optional.of(choice.choices().get())
                : Optional.empty();
        if (choices.isEmpty()) {
            return value;
        }
        Map<String, Object> node = Json.object();
        boolean several = kind instanceof Kind.Choice choice && choice.several();
        if (!required && !several) {
            node.put("", Json.object("value", "none", "selected", value.isEmpty() ? 1 : 0));
        }
        List<String> taken = Arrays.asList(value.split(","));
        choices.get()
                .forEach((key, text) ->
                        node.put(key, Json.object("value", text, "selected", taken.contains(key) ? 1 : 0)));
        return node;
    }
}
