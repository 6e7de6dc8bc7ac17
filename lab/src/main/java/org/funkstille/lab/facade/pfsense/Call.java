package org.funkstille.lab.facade.pfsense;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A request that has been let in.
 *
 * @param parameters of the body, or what stands behind the {@code ?}: all text then
 * @param user who asks
 * @param pretended true where it shall be answered, but nothing done
 */
record Call(String method, Json.Fields parameters, String user, boolean pretended) {

    /** What serves one address, by method. */
    record Endpoint(Map<String, Function<Call, Json>> methods) {

        Set<String> allowed() {
            return methods.keySet();
        }
    }

    Optional<Long> number(String name) {
        return Optional.of(parameters.get(name).plain())
                .filter(text -> text.matches("-?[0-9]{1,12}"))
                .map(Long::parseLong);
    }

    boolean isSet(String name) {
        return parameters.get(name).plain().equals("true");
    }

    /** Changes act in the background unless asked otherwise. */
    boolean inBackground() {
        return !parameters.get("async").plain().equals("false");
    }

    long id() {
        if (!parameters.has("id")) {
            throw ApiError.invalid("MODEL_REQUIRES_ID", "Field `id` is required.");
        }
        return number("id")
                .orElseThrow(() -> ApiError.notFound(
                        "Object with ID `" + parameters.get("id").plain() + "` does not exist."));
    }

    long placement() {
        return number("placement").orElse(-1L);
    }

    boolean writes() {
        return !method.equals("GET");
    }
}
