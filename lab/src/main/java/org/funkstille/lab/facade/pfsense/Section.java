package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The objects of one kind in the configuration. Their ids are their places, so they shift when one before them comes or
 * goes.
 */
final class Section {

    private final Model model;
    private final List<Json.Fields> objects = new ArrayList<>();

    Section(Model model) {
        this.model = model;
    }

    Model model() {
        return model;
    }

    /** Without their ids. */
    List<Json.Fields> objects() {
        return List.copyOf(objects);
    }

    List<Json.Fields> all() {
        List<Json.Fields> result = new ArrayList<>();
        for (int id = 0; id < objects.size(); id++) {
            result.add(Endpoints.withId(id, objects.get(id)));
        }
        return result;
    }

    Json.Fields byId(long id) {
        if (id < 0 || id >= objects.size()) {
            throw ApiError.notFound("Object with ID `" + id + "` does not exist.");
        }
        return Endpoints.withId(id, objects.get((int) id));
    }

    /** @param placement before which it goes; beyond the end, or negative: at the end */
    Json.Fields create(Json.Fields sent, long placement) {
        Json.Fields created = model.created(sent);
        requireUnique(created, -1);
        objects.add(place(placement, objects.size()), created);
        sort();
        return byId(identity(created));
    }

    /** For what was there before the API: also fields that only the system sets are as given. */
    void restore(Json.Fields sent) {
        Json.Fields whole = model.created(sent);
        for (Field field : model.fields()) {
            if (field.readOnly()) {
                whole = whole.with(field.name(), sent.get(field.name()));
            }
        }
        objects.add(whole);
    }

    Json.Fields change(long id, Json.Fields sent, long placement) {
        byId(id);
        Json.Fields changed = model.changed(objects.get((int) id), sent);
        requireUnique(changed, id);
        objects.remove((int) id);
        objects.add(place(placement < 0 ? id : placement, objects.size()), changed);
        sort();
        return byId(identity(changed));
    }

    Json.Fields delete(long id) {
        Json.Fields object = byId(id);
        requireEnough(1);
        objects.remove((int) id);
        return object;
    }

    /** @param ids of those that go, all at once */
    void deleteAll(List<Long> ids) {
        requireEnough(ids.size());
        ids.stream().sorted(Comparator.reverseOrder()).forEach(id -> objects.remove(Math.toIntExact(id)));
    }

    void replaceAll(List<Json.Fields> sent) {
        List<Json.Fields> before = objects();
        objects.clear();
        try {
            sent.forEach(object -> create(object, -1));
        } catch (ApiError refused) {
            objects.clear();
            objects.addAll(before);
            throw refused;
        }
    }

    /** Puts things back as they were. */
    void reset(List<Json.Fields> before) {
        objects.clear();
        objects.addAll(before);
    }

    private void requireEnough(int fewer) {
        if (objects.size() - fewer < model.fewest()) {
            throw ApiError.invalid(
                    "MODEL_REQUIRES_MINIMUM_OBJECTS",
                    "At least `" + model.fewest() + "` " + model.name() + " objects must remain.");
        }
    }

    private void requireUnique(Json.Fields object, long except) {
        for (Field field : model.fields()) {
            if (!field.unique() || object.get(field.name()).isNull()) {
                continue;
            }
            for (int id = 0; id < objects.size(); id++) {
                if (id != except && objects.get(id).get(field.name()).equals(object.get(field.name()))) {
                    throw ApiError.invalid(
                            "FIELD_MUST_BE_UNIQUE",
                            "Field `" + field.name() + "` must be unique. Value is in use by object with ID `" + id
                                    + "`.");
                }
            }
        }
    }

    private static int place(long wanted, int end) {
        return wanted < 0 || wanted > end ? end : (int) wanted;
    }

    private void sort() {
        model.order().ifPresent(objects::sort);
    }

    /** Among objects that are equal this very one. */
    @SuppressWarnings("ReferenceEquality")
    private int identity(Json.Fields object) {
        for (int id = 0; id < objects.size(); id++) {
            if (objects.get(id) == object) {
                return id;
            }
        }
        throw new IllegalStateException("the object is gone");
    }
}
