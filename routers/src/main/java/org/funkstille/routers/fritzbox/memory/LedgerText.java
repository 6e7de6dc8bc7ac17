package org.funkstille.routers.fritzbox.memory;

import io.avaje.json.JsonException;
import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Reservation;

/** A {@link Ledger} as JSON. */
final class LedgerText {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private static final int VERSION = 1;

    private LedgerText() {}

    static String write(Ledger ledger) {
        JsonObject text = JsonObject.create().add("version", VERSION);
        ledger.port().ifPresent(port -> text.add("port", port));
        ledger.confirmation().ifPresent(token -> text.add("confirmation", token));
        text.add(
                "locks",
                array(
                        ledger.locks(),
                        lock -> JsonObject.create()
                                .add("holder", lock.holder())
                                .add("mac", lock.mac().toString())
                                .add("address", Addresses.text(lock.address()))));
        text.add("windows", array(ledger.windows(), window -> {
            JsonArray lifted = JsonArray.create();
            window.lifted().forEach(address -> lifted.add(Addresses.text(address)));
            return JsonObject.create()
                    .add("device", window.device())
                    .add("until", window.until().toString())
                    .add("lifted", lifted);
        }));
        text.add("pins", array(ledger.pins(), LedgerText::pin));
        ledger.probe().ifPresent(awake -> {
            JsonArray answered = JsonArray.create();
            awake.answered().forEach(answered::add);
            text.add(
                    "probe",
                    JsonObject.create()
                            .add("at", awake.at().toString())
                            .add("answered", answered)
                            .add("complete", awake.complete()));
        });
        return JSON.toJson(text);
    }

    private static JsonObject pin(Ledger.Pin pin) {
        JsonObject text = JsonObject.create()
                .add("device", pin.reservation().device())
                .add("mac", pin.reservation().mac().toString())
                .add("address", Addresses.text(pin.reservation().address()));
        pin.before().ifPresent(before -> text.add("before", Addresses.text(before)));
        return text;
    }

    private static <T> JsonArray array(List<T> all, Function<T, JsonObject> writer) {
        JsonArray array = JsonArray.create();
        all.forEach(one -> array.add(writer.apply(one)));
        return array;
    }

    /** @throws IllegalArgumentException where it is not what {@link #write} writes */
    static Ledger read(String text) {
        try {
            JsonObject root = JSON.fromJsonObject(text);
            if (root.extract("version", 0) != VERSION) {
                throw new IllegalArgumentException("not of version " + VERSION);
            }
            return new Ledger(
                    Optional.of(root.extract("port", 0)).map(Number::intValue).filter(port -> port > 0),
                    text(root, "confirmation"),
                    objects(
                            root,
                            "locks",
                            lock -> new Ledger.Lock(
                                    lock.extract("holder"), Mac.parse(lock.extract("mac")), address(lock, "address"))),
                    objects(
                            root,
                            "windows",
                            window -> new Ledger.Window(
                                    window.extract("device"),
                                    Instant.parse(window.extract("until")),
                                    addresses(texts(window, "lifted")))),
                    objects(
                            root,
                            "pins",
                            pin -> new Ledger.Pin(
                                    new Reservation(
                                            pin.extract("device"),
                                            Mac.parse(pin.extract("mac")),
                                            address(pin, "address")),
                                    text(pin, "before").map(Addresses::parse))),
                    root.containsKey("probe") && root.get("probe") instanceof JsonObject probe
                            ? Optional.of(new Ledger.Awake(
                                    Instant.parse(probe.extract("at")),
                                    texts(probe, "answered"),
                                    probe.extract("complete", false)))
                            : Optional.empty());
        } catch (JsonException | DateTimeException damaged) {
            throw new IllegalArgumentException(damaged);
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        return Optional.of(object.extract(name, "")).filter(value -> !value.isEmpty());
    }

    private static InetAddress address(JsonObject object, String name) {
        return Addresses.parse(object.extract(name));
    }

    private static Set<InetAddress> addresses(Set<String> texts) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        texts.forEach(text -> addresses.add(Addresses.parse(text)));
        return addresses;
    }

    private static Set<String> texts(JsonObject object, String name) {
        Set<String> texts = new LinkedHashSet<>();
        elements(object, name).forEach(node -> texts.add(node.text()));
        return texts;
    }

    private static <T> List<T> objects(JsonObject object, String name, Function<JsonObject, T> reader) {
        return elements(object, name).stream()
                .map(node -> {
                    if (node instanceof JsonObject entry) {
                        return reader.apply(entry);
                    }
                    throw new IllegalArgumentException("not an object in " + name);
                })
                .toList();
    }

    /** A list without elements is not written. */
    private static List<JsonNode> elements(JsonObject object, String name) {
        return object.containsKey(name) && object.get(name) instanceof JsonArray array ? array.elements() : List.of();
    }
}
