package org.funkstille.lab.facade.pfsense;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/**
 * What objects of one kind look like.
 *
 * @param order in which they are stored; nothing: as they come
 * @param fewest that must be left
 * @param complete fills in what the system sets, from the object as it was before (empty: a new one)
 * @param check of the whole object
 */
record Model(
        String name,
        List<Field> fields,
        Optional<Comparator<Json.Fields>> order,
        int fewest,
        BinaryOperator<Json.Fields> complete,
        Consumer<Json.Fields> check) {

    static final Json.Fields NEW = Json.fields();

    static Model of(String name, List<Field> fields) {
        return new Model(name, fields, Optional.empty(), 0, (_, now) -> now, _ -> {});
    }

    Model sortedBy(Comparator<Json.Fields> newOrder) {
        return new Model(name, fields, Optional.of(newOrder), fewest, complete, check);
    }

    Model atLeast(int number) {
        return new Model(name, fields, order, number, complete, check);
    }

    Model completedBy(BinaryOperator<Json.Fields> newComplete) {
        return new Model(name, fields, order, fewest, newComplete, check);
    }

    Model checkedBy(Consumer<Json.Fields> newCheck) {
        return new Model(name, fields, order, fewest, complete, newCheck);
    }

    /** A new object from what was sent. Fields that nobody knows are passed over in silence. */
    Json.Fields created(Json.Fields sent) {
        Map<String, Json> values = new LinkedHashMap<>();
        for (Field field : fields) {
            if (field.readOnly() || !sent.has(field.name())) {
                values.put(field.name(), field.otherwise());
            } else {
                values.put(field.name(), field.accepted(sent.get(field.name())));
            }
        }
        for (Field field : fields) {
            if (field.required() && !sent.has(field.name()) && field.given().test(new Json.Fields(values))) {
                throw ApiError.invalid("FIELD_IS_REQUIRED", "Field `" + field.name() + "` is required.");
            }
        }
        return finished(NEW, values);
    }

    /** The object with what was sent in place of what it had. */
    Json.Fields changed(Json.Fields before, Json.Fields sent) {
        Map<String, Json> values = new LinkedHashMap<>(before.values());
        for (Field field : fields) {
            if (sent.has(field.name()) && !field.readOnly()) {
                Json value = field.accepted(sent.get(field.name()));
                if (!field.editable() && !value.equals(before.get(field.name()))) {
                    throw ApiError.invalid(
                            "FIELD_NOT_EDITABLE", "Field `" + field.name() + "` cannot be changed once created.");
                }
                values.put(field.name(), value);
            }
        }
        return finished(before, values);
    }

    private Json.Fields finished(Json.Fields before, Map<String, Json> values) {
        for (Field field : fields) {
            boolean isNull = values.getOrDefault(field.name(), Json.none()).isNull();
            if (!field.given().test(new Json.Fields(values))) {
                values.put(field.name(), Json.none());
            } else if (isNull && !field.nullable()) {
                values.put(field.name(), field.otherwise());
            }
        }
        Json.Fields whole = complete.apply(before, new Json.Fields(values));
        check.accept(whole);
        return whole;
    }
}
