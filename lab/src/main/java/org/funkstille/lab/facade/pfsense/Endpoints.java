package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The two addresses of each kind of object: one for single objects ({@code firewall/rule}), one for many
 * ({@code firewall/rules}).
 *
 * @param section that a call is about
 * @param shown what answers show of an object
 * @param after what is to be done after a change
 */
record Endpoints(Function<Call, Section> section, UnaryOperator<Json.Fields> shown, Consumer<Call> after) {

    Call.Endpoint single() {
        Map<String, Function<Call, Json>> methods = new LinkedHashMap<>();
        methods.put("GET", call -> shown.apply(section.apply(call).byId(call.id())));
        methods.put("POST", call -> changed(call, section.apply(call).create(call.parameters(), call.placement())));
        methods.put("PATCH", call -> {
            Section of = section.apply(call);
            Json.Fields before = of.byId(call.id());
            return changed(call, of.change(call.id(), merged(before, call), call.placement()));
        });
        methods.put("DELETE", call -> changed(call, section.apply(call).delete(call.id())));
        return new Call.Endpoint(methods);
    }

    Call.Endpoint many() {
        Map<String, Function<Call, Json>> methods = new LinkedHashMap<>();
        methods.put("GET", call -> shown(query(call)));
        methods.put("PUT", call -> {
            Section of = section.apply(call);
            List<Json.Fields> objects = new ArrayList<>();
            if (call.parameters().get("data") instanceof Json.Items items) {
                items.values().forEach(item -> objects.add((Json.Fields) item));
            }
            of.replaceAll(objects);
            after.accept(call);
            return shown(of.all());
        });
        methods.put("DELETE", call -> {
            List<Json.Fields> gone = query(call);
            boolean deliberate = new Query(call.parameters()).isSelective() || call.isSet("all");
            if (!deliberate && call.number("limit").isEmpty()) {
                throw ApiError.invalid(
                        "ENDPOINT_DELETE_MANY_REQUIRES_QUERY_PARAMS",
                        "DELETE requests to `many` endpoints must contain at least one query parameter.");
            }
            section.apply(call)
                    .deleteAll(gone.stream()
                            .map(object -> ((Json.Whole) object.get("id")).value())
                            .toList());
            after.accept(call);
            return shown(gone);
        });
        return new Call.Endpoint(methods);
    }

    /** An object as answers show it: its id first. */
    static Json.Fields withId(long id, Json.Fields object) {
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put("id", Json.of(id));
        fields.putAll(object.values());
        return new Json.Fields(fields);
    }

    private List<Json.Fields> query(Call call) {
        return new Query(call.parameters()).of(section.apply(call).all());
    }

    private Json shown(List<Json.Fields> objects) {
        return Json.of(new ArrayList<Json>(objects.stream().map(shown).toList()));
    }

    private Json changed(Call call, Json.Fields object) {
        after.accept(call);
        return shown.apply(object);
    }

    /** {@code append} and {@code remove} change the entries of lists instead of replacing them. */
    private static Json.Fields merged(Json.Fields before, Call call) {
        Json.Fields sent = call.parameters();
        if (!call.isSet("append") && !call.isSet("remove")) {
            return sent;
        }
        for (Map.Entry<String, Json> field : call.parameters().values().entrySet()) {
            if (before.get(field.getKey()) instanceof Json.Items old && field.getValue() instanceof Json.Items named) {
                List<Json> values = new ArrayList<>(old.values());
                if (call.isSet("append")) {
                    values.addAll(named.values());
                } else {
                    values.removeAll(named.values());
                }
                sent = sent.with(field.getKey(), Json.of(values));
            }
        }
        return sent;
    }
}
