package org.funkstille.proof.read.nft;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.TimeSpan;

/**
 * An element of a set or a map, named or anonymous.
 *
 * @param data of a map: what the key leads to
 * @param when it counts: until it expires, or while its own limit is not reached
 */
record Element(Json key, Optional<Json> data, Condition when) {

    /** Statements of an element or a set that a sender can bring to fail. */
    private static final Set<String> LIMITS = Set.of("limit", "quota", "ct count");

    /** True of {@code *}: what no other element holds. */
    boolean isDefault() {
        return key.string().filter("*"::equals).isPresent();
    }

    /** Of {@code {"set": [...]}}. */
    static List<Element> ofAnonymous(Json items) {
        List<Element> elements = new ArrayList<>();
        for (Json item : items.items()) {
            elements.add(of(item, Instant.EPOCH, false));
        }
        return elements;
    }

    /** Of a named set or map, whose elements may expire. */
    static List<Element> ofNamed(Json set, Instant takenAt) {
        boolean expiring = set.number("timeout").orElse(0) > 0;
        Json items = set.get("elem").orElse(new Json.Arr(set.at(), List.of()));
        if (!(items instanceof Json.Arr)) {
            throw new Malformed(items.at(), "the elements of a set are not an array");
        }
        List<Element> elements = new ArrayList<>(items.items().size());
        for (Json item : items.items()) {
            elements.add(of(item, takenAt, expiring));
        }
        return elements;
    }

    private static Element of(Json item, Instant takenAt, boolean expiring) {
        boolean pair = item instanceof Json.Arr && item.items().size() == 2;
        Json left = pair ? item.items().get(0) : item;
        Optional<Json> data = pair ? Optional.of(item.items().get(1)) : Optional.empty();
        if (!left.kind().equals("elem")) {
            return new Element(left, data, expiring ? perhapsExpired(left) : Condition.ALWAYS);
        }
        Json detail = left.body();
        Json key = detail.get("val").orElse(left);
        return new Element(key, data, Condition.all(time(detail, key, takenAt, expiring), limits(detail)));
    }

    private static Condition time(Json detail, Json key, Instant takenAt, boolean expiring) {
        OptionalLong expires = detail.number("expires");
        if (expires.isPresent()) {
            try {
                return new Condition.At(new TimeSpan.Between(
                        Optional.empty(), Optional.of(takenAt.plusSeconds(Math.max(0, expires.getAsLong())))));
            } catch (DateTimeException | ArithmeticException never) {
                return Condition.ALWAYS;
            }
        }
        OptionalLong timeout = detail.number("timeout");
        boolean ends = timeout.isPresent() ? timeout.getAsLong() > 0 : expiring || detail.has("timeout");
        return ends ? perhapsExpired(key) : Condition.ALWAYS;
    }

    /** {@code nft --stateless} prints no {@code expires}. */
    private static Condition perhapsExpired(Json key) {
        return new Condition.Unknown("when the element " + NftWords.expression(key) + " expires");
    }

    /** Choices of the sender by statements that stand in an element, or in a set for each element. */
    static Condition limits(Json holder) {
        if (holder instanceof Json.Obj object) {
            for (String name : object.names()) {
                if (LIMITS.contains(name)) {
                    Json limit = object.values().get(object.names().indexOf(name));
                    return new Condition.Choice(name + " " + limit.compact() + " of an element");
                }
            }
        }
        return Condition.ALWAYS;
    }
}
