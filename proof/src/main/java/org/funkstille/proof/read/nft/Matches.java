package org.funkstille.proof.read.nft;

import java.util.List;
import java.util.Optional;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** What a {@code match} asks. */
final class Matches {

    private static final Value FRAGMENT_OFFSET = Value.of(0x1fff);

    private final Selectors selectors;
    private final NamedSets sets;
    private final Times times;
    private final Comparison comparison;

    Matches(Selectors selectors, NamedSets sets, Times times, Marks marks) {
        this.selectors = selectors;
        this.sets = sets;
        this.times = times;
        this.comparison = new Comparison(times, marks);
    }

    /** @param protocols those that the rule has left over so far */
    SetKey key(Json expression, ValueSet protocols) {
        List<Json> parts =
                expression.kind().equals("concat") ? expression.body().items() : List.of(expression);
        return new SetKey(
                parts.stream().map(selectors::of).toList(), times, NftWords.expression(expression), protocols);
    }

    /** @param protocols those that the rule has left over so far */
    Condition of(Json match, ValueSet protocols) {
        String operator = match.text("op").isEmpty() ? "==" : match.text("op");
        Optional<Json> left = match.get("left");
        Optional<Json> right = match.get("right");
        if (left.isEmpty() || right.isEmpty()) {
            return new Condition.Unknown(match.compact());
        }
        Condition unknown = new Condition.Unknown(NftWords.match(match));
        Json selected = Operation.selector(left.get());
        if (selected.kind().equals("concat") || isReference(right.get())) {
            return Operation.isOne(left.get()) ? unknown : inSet(left.get(), operator, right.get(), protocols, unknown);
        }
        Selector selector = selectors.of(selected);
        Optional<Operation> operation = Optional.empty();
        if (Operation.isOne(left.get()) && !(selector instanceof Selector.Free)) {
            if (!(selector instanceof Selector.OfField field)) {
                return Condition.all(selector.needs(), unknown);
            }
            operation = Operation.of(left.get(), field.words());
            if (operation.isEmpty()) {
                return Condition.all(selector.needs(), unknown);
            }
        }
        Optional<Condition> fragment = fragment(left.get(), operator, right.get());
        if (fragment.isPresent()) {
            return fragment.get();
        }
        Condition inner = inner(selector, operation, operator, right.get(), match);
        return Condition.all(selector.needs(), anyProtocol(selected, inner, protocols, match));
    }

    /** What must hold for its left side to be readable at all. */
    Condition needs(Json match) {
        return match.get("left")
                .map(left -> selectors.of(Operation.selector(left)).needs())
                .orElse(Condition.ALWAYS);
    }

    private Condition inner(Selector selector, Optional<Operation> operation, String operator, Json right, Json match) {
        Condition unknown = new Condition.Unknown(NftWords.match(match));
        return switch (selector) {
            case Selector.Free _ -> new Condition.Choice(NftWords.match(match));
            case Selector.OfOrigin(Selector.OfField field) ->
                untranslated(comparison.of(field, operation, operator, right).orElse(unknown), unknown);
            default -> comparison.of(selector, operation, operator, right).orElse(unknown);
        };
    }

    private static Condition untranslated(Condition known, Condition unknown) {
        Condition plain = Condition.in(Field.FLOW_STATUS, 0);
        return Condition.any(Condition.all(plain, known), Condition.all(Condition.not(plain), unknown));
    }

    static boolean isReference(Json right) {
        return right.string().filter(text -> text.startsWith("@")).isPresent();
    }

    private Condition inSet(Json left, String operator, Json right, ValueSet protocols, Condition unknown) {
        boolean negated = operator.equals("!=") || operator.equals("!");
        if (!negated && !operator.equals("==") && !operator.equals("in")) {
            return unknown;
        }
        SetKey key = key(left, protocols);
        Optional<Condition> found = isReference(right)
                ? named(key, right.string().orElse("").substring(1))
                : Optional.of(key.in(
                        right.kind().equals("set")
                                ? Element.ofAnonymous(right.body())
                                : List.of(new Element(right, Optional.empty(), Condition.ALWAYS))));
        if (found.isEmpty()) {
            return unknown;
        }
        Condition inner = negated ? Condition.not(found.get()) : found.get();
        return Condition.all(key.needs(), inner);
    }

    private Optional<Condition> named(SetKey key, String name) {
        Optional<List<Element>> elements = sets.elements(name);
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(sets.lookup(name, key.identity(), () -> {
            Condition listed = Condition.all(key.in(elements.get()), sets.limits(name));
            return sets.changing(name)
                    .map(changing -> sets.keepsElements(name) ? Condition.any(listed, changing) : changing)
                    .orElse(listed);
        }));
    }

    /** {@code th dport} without a protocol: what has no ports has other octets there, which the sender writes. */
    private static Condition anyProtocol(Json left, Condition inner, ValueSet protocols, Json match) {
        boolean transport =
                left.kind().equals("payload") && left.body().text("protocol").equals("th");
        if (!transport || Selectors.WITH_PORTS.containsAll(protocols)) {
            return inner;
        }
        Condition otherwise = new Condition.Choice(NftWords.match(match));
        return Condition.any(
                Condition.all(Selectors.HAS_PORTS, inner),
                Condition.all(Condition.not(Selectors.HAS_PORTS), otherwise));
    }

    /** {@code ip frag-off & 0x1fff}: zero in all but later fragments. */
    private static Optional<Condition> fragment(Json left, String operator, Json right) {
        Json payload = Operation.selector(left).body();
        boolean offset = payload.text("protocol").equals("ip")
                && payload.text("field").equals("frag-off")
                && Operation.of(left, Words.NUMBER16)
                        .flatMap(Operation::mask)
                        .filter(FRAGMENT_OFFSET::equals)
                        .isPresent();
        if (!offset || right.number().orElse(-1) != 0 || !operator.matches("==|!=|>")) {
            return Optional.empty();
        }
        return Optional.of(
                Condition.all(Selectors.IS_IPV4, Condition.in(Field.LATER_FRAGMENT, operator.equals("==") ? 0 : 1)));
    }
}
