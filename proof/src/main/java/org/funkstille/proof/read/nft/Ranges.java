package org.funkstille.proof.read.nft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;

/** Values, prefixes and ranges, as ranges of numbers. */
final class Ranges {

    private Ranges() {}

    /** The numbers that an element or the right side of a match stands for; nothing where it is not understood. */
    static Optional<Range> of(Words words, Json json) {
        if (json.string().filter("*"::equals).isPresent()) {
            return Optional.of(new Range(Value.ZERO, Value.largest(words.width())));
        }
        return switch (json.kind()) {
            case "range" -> range(words, json.body().items());
            case "prefix" -> prefix(words, json.body());
            default -> words.value(json).map(value -> new Range(value, value));
        };
    }

    private static Optional<Range> range(Words words, List<Json> ends) {
        if (ends.size() != 2) {
            return Optional.empty();
        }
        Optional<Value> first = words.value(ends.get(0));
        Optional<Value> last = words.value(ends.get(1));
        return first.isPresent() && last.isPresent() && first.get().compareTo(last.get()) <= 0
                ? Optional.of(new Range(first.get(), last.get()))
                : Optional.empty();
    }

    private static Optional<Range> prefix(Words words, Json prefix) {
        OptionalLong length = prefix.number("len");
        if (length.isEmpty() || length.getAsLong() < 0 || length.getAsLong() > words.width()) {
            return Optional.empty();
        }
        Value host = Value.largest(words.width() - (int) length.getAsLong());
        return prefix.get("addr")
                .flatMap(words::value)
                .map(address -> new Range(
                        new Value(address.high() & ~host.high(), address.low() & ~host.low()),
                        new Value(address.high() | host.high(), address.low() | host.low())));
    }

    /**
     * A comparison with bits behind the prefix: what nft prints for {@code meta mark & 0xffff0000 == 0xff}. The kernel
     * compares after it has cleared those bits, so no number is equal.
     */
    static boolean isNeverMet(Words words, Json json) {
        if (!json.kind().equals("prefix")) {
            return false;
        }
        Json prefix = json.body();
        Optional<Value> address = prefix.get("addr").flatMap(words::value);
        return prefix(words, prefix)
                .filter(range -> address.isPresent() && !range.first().equals(address.get()))
                .isPresent();
    }
}
