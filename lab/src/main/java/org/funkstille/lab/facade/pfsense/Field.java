package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A field of a {@link Model}, with the checks that the package makes of every field of its kind.
 *
 * @param otherwise what it has where a new object does not say
 * @param choices none: any value
 * @param given when it means something; it is null in other objects
 * @param check of each value, which may change it
 */
record Field(
        String name,
        Kind kind,
        boolean many,
        boolean required,
        boolean nullable,
        Json otherwise,
        List<String> choices,
        boolean readOnly,
        boolean editable,
        boolean unique,
        int maximumLength,
        Predicate<Json.Fields> given,
        UnaryOperator<String> check) {

    private static final int LONGEST = 1024;

    enum Kind {
        STRING,
        INTEGER,
        BOOLEAN,
        OBJECT
    }

    static Field string(String name) {
        return new Field(
                name,
                Kind.STRING,
                false,
                false,
                false,
                Json.of(""),
                List.of(),
                false,
                true,
                false,
                LONGEST,
                _ -> true,
                UnaryOperator.identity());
    }

    static Field integer(String name) {
        return string(name).with(Kind.INTEGER, Json.none()).orNull();
    }

    static Field bool(String name) {
        return string(name).with(Kind.BOOLEAN, Json.of(false));
    }

    /** A list of objects, which the model itself checks. */
    static Field objects(String name) {
        return string(name).with(Kind.OBJECT, Json.none()).list();
    }

    private Field with(Kind newKind, Json newDefault) {
        return new Field(
                name,
                newKind,
                many,
                required,
                nullable,
                newDefault,
                choices,
                readOnly,
                editable,
                unique,
                maximumLength,
                given,
                check);
    }

    Field otherwise(Json value) {
        return with(kind, value);
    }

    Field orNull() {
        return new Field(
                name,
                kind,
                many,
                required,
                true,
                Json.none(),
                choices,
                readOnly,
                editable,
                unique,
                maximumLength,
                given,
                check);
    }

    Field list() {
        return new Field(
                name,
                kind,
                true,
                required,
                nullable,
                Json.of(List.of()),
                choices,
                readOnly,
                editable,
                unique,
                maximumLength,
                given,
                check);
    }

    Field mustBeGiven() {
        return new Field(
                name,
                kind,
                many,
                true,
                nullable,
                otherwise,
                choices,
                readOnly,
                editable,
                unique,
                maximumLength,
                given,
                check);
    }

    Field oneOf(String... values) {
        return new Field(
                name,
                kind,
                many,
                required,
                nullable,
                otherwise,
                List.of(values),
                readOnly,
                editable,
                unique,
                maximumLength,
                given,
                check);
    }

    /** Only the system sets it. */
    Field ofSystem() {
        return new Field(
                name,
                kind,
                many,
                required,
                true,
                Json.none(),
                choices,
                true,
                false,
                unique,
                maximumLength,
                given,
                check);
    }

    Field fixed() {
        return new Field(
                name,
                kind,
                many,
                required,
                nullable,
                otherwise,
                choices,
                readOnly,
                false,
                unique,
                maximumLength,
                given,
                check);
    }

    Field onlyOnce() {
        return new Field(
                name,
                kind,
                many,
                required,
                nullable,
                otherwise,
                choices,
                readOnly,
                editable,
                true,
                maximumLength,
                given,
                check);
    }

    Field upTo(int letters) {
        return new Field(
                name, kind, many, required, nullable, otherwise, choices, readOnly, editable, unique, letters, given,
                check);
    }

    Field when(Predicate<Json.Fields> condition) {
        return new Field(
                name,
                kind,
                many,
                required,
                nullable,
                otherwise,
                choices,
                readOnly,
                editable,
                unique,
                maximumLength,
                condition,
                check);
    }

    Field checked(UnaryOperator<String> newCheck) {
        return new Field(
                name,
                kind,
                many,
                required,
                nullable,
                otherwise,
                choices,
                readOnly,
                editable,
                unique,
                maximumLength,
                given,
                newCheck);
    }

    /**
     * The value as it is stored.
     *
     * @throws ApiError where it is not allowed
     */
    Json accepted(Json value) {
        if (value.isNull()) {
            if (!nullable) {
                throw ApiError.invalid("FIELD_IS_REQUIRED", "Field `" + name + "` cannot be null.");
            }
            return value;
        }
        if (!many) {
            if (value instanceof Json.Items || value instanceof Json.Fields) {
                throw ApiError.invalid("FIELD_INVALID_TYPE", "Field `" + name + "` must not be an array.");
            }
            return one(value);
        }
        // A single value stands for a list of one, as PHP clients and query parameters send it.
        List<Json> values = value instanceof Json.Items items ? items.values() : List.of(value);
        if (required && values.isEmpty()) {
            throw ApiError.invalid("FIELD_INVALID_MANY_VALUE", "Field `" + name + "` must contain at least 1 item.");
        }
        List<Json> accepted = new ArrayList<>();
        values.forEach(item -> accepted.add(one(item)));
        return Json.of(accepted);
    }

    private Json one(Json value) {
        boolean fits = switch (kind) {
            case STRING -> value instanceof Json.Text;
            case INTEGER -> value instanceof Json.Whole;
            case BOOLEAN -> value instanceof Json.Bool;
            case OBJECT -> value instanceof Json.Fields;
        };
        if (!fits) {
            throw ApiError.invalid("FIELD_INVALID_TYPE", "Field `" + name + "` must be of type `" + kind + "`.");
        }
        if (!choices.isEmpty() && !choices.contains(value.plain())) {
            throw ApiError.invalid("FIELD_INVALID_CHOICE", "Field `" + name + "` must be one of " + choices + ".");
        }
        if (value instanceof Json.Text text) {
            if (text.value().length() > maximumLength) {
                throw ApiError.invalid(
                        "STRING_FIELD_MAXIMUM_LENGTH_EXCEEDED",
                        "Field `" + name + "` cannot be longer than " + maximumLength + " characters.");
            }
            return Json.of(check.apply(text.value()));
        }
        return value;
    }
}
