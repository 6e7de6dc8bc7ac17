package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * What a set is asked for: one selector, or several side by side.
 *
 * @param words as the rule says it
 */
record SetKey(List<Selector> selectors, Times times, String words) {

    /** An element as fields, and the conditions on what is no field. */
    record Row(Condition beside, List<ValueSet> sets) {}

    SetKey {
        selectors = List.copyOf(selectors);
    }

    Condition needs() {
        return Condition.all(selectors.stream()
                .map(Selector::needs)
                .filter(needs -> !needs.equals(Condition.ALWAYS))
                .distinct()
                .toList());
    }

    /** Those of the key that are fields, in its order. */
    List<Field> fields() {
        return selectors.stream()
                .filter(Selector.OfField.class::isInstance)
                .map(selector -> ((Selector.OfField) selector).field())
                .toList();
    }

    Row row(Element element) {
        List<Json> parts =
                element.key().kind().equals("concat") ? element.key().body().items() : List.of(element.key());
        List<Condition> beside = new ArrayList<>();
        List<ValueSet> sets = new ArrayList<>(selectors.size());
        beside.add(element.when());
        boolean fits = parts.size() == selectors.size();
        if (!fits && !element.isDefault()) {
            beside.add(new Condition.Unknown(words + " is " + NftWords.expression(element.key())));
        }
        for (int index = 0; index < selectors.size(); index++) {
            Selector selector = selectors.get(index);
            if (!fits) {
                if (selector instanceof Selector.OfField field) {
                    sets.add(field.field().all());
                }
            } else if (selector instanceof Selector.OfField field) {
                Optional<ValueSet> numbers = numbers(field, parts.get(index));
                sets.add(numbers.orElse(field.field().all()));
                if (numbers.isEmpty()) {
                    beside.add(new Condition.Unknown(words + " is " + NftWords.expression(element.key())));
                }
            } else {
                beside.add(Comparison.isOneOf(selector, List.of(parts.get(index)), times)
                        .orElseGet(() -> new Condition.Unknown(words + " is " + NftWords.expression(element.key()))));
            }
        }
        return new Row(
                Condition.all(beside.stream()
                        .filter(one -> !one.equals(Condition.ALWAYS))
                        .toList()),
                sets);
    }

    private static Optional<ValueSet> numbers(Selector.OfField field, Json part) {
        return Ranges.of(field.words(), part)
                .map(range -> field.coding()
                        .toField(field.field(), ValueSet.of(field.words().width(), range)));
    }

    /** The key is in one of the elements; without what it {@link #needs}. */
    Condition in(List<Element> elements) {
        if (selectors.size() == 1 && selectors.getFirst() instanceof Selector.OfField field) {
            return inField(field, elements);
        }
        Map<Condition, List<List<ValueSet>>> rows = new LinkedHashMap<>();
        for (Element element : elements) {
            Row row = row(element);
            rows.computeIfAbsent(row.beside(), _ -> new ArrayList<>()).add(row.sets());
        }
        List<Field> fields = fields();
        List<Condition> parts = new ArrayList<>();
        rows.forEach((beside, sets) ->
                parts.add(fields.isEmpty() ? beside : joined(beside, new Condition.Row(fields, sets))));
        return Condition.any(parts);
    }

    private Condition inField(Selector.OfField field, List<Element> elements) {
        Map<Condition, List<Range>> ranges = new LinkedHashMap<>();
        for (Element element : elements) {
            Optional<Range> range = Ranges.of(field.words(), element.key());
            Condition beside = range.isPresent()
                    ? element.when()
                    : Condition.all(
                            element.when(), new Condition.Unknown(words + " is " + NftWords.expression(element.key())));
            ranges.computeIfAbsent(beside, _ -> new ArrayList<>())
                    .add(range.orElseGet(
                            () -> ValueSet.all(field.words().width()).ranges().getFirst()));
        }
        List<Condition> parts = new ArrayList<>();
        ranges.forEach((beside, some) -> parts.add(joined(
                beside,
                Condition.in(
                        field.field(),
                        field.coding()
                                .toField(
                                        field.field(),
                                        ValueSet.ofAll(field.words().width(), some))))));
        return Condition.any(parts);
    }

    private static Condition joined(Condition beside, Condition inside) {
        return beside.equals(Condition.ALWAYS) ? inside : Condition.all(beside, inside);
    }
}
