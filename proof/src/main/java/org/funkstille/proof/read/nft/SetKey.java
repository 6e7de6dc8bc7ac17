package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * What a set is asked for: one selector, or several side by side.
 *
 * @param words as the rule says it
 * @param protocols those that the rule has left over so far
 */
record SetKey(List<Selector> selectors, Times times, String words, ValueSet protocols) {

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

    /** The same for keys that ask the same. */
    String identity() {
        return readsAnyProtocol() ? words + " of any protocol" : words;
    }

    /** {@code th dport}: of packets without ports these are other octets. */
    private boolean readsAnyProtocol() {
        return !Selectors.WITH_PORTS.containsAll(protocols)
                && selectors.stream().anyMatch(SetKey::isPort);
    }

    private static boolean isPort(Selector selector) {
        return selector instanceof Selector.OfField field
                && (field.field() == Field.SOURCE_PORT || field.field() == Field.DESTINATION_PORT)
                && !Reading.hangsOn(field.needs(), Set.of(Field.PROTOCOL), false);
    }

    /** Those elements that packets without ports may be found in, by octets that their sender writes in place of ports. */
    List<Element> withoutPorts(List<Element> elements) {
        return readsAnyProtocol()
                ? elements.stream()
                        .filter(one -> !one.isDefault() && mayHaveNoPorts(row(one)))
                        .toList()
                : List.of();
    }

    private boolean mayHaveNoPorts(Row row) {
        int at = fields().indexOf(Field.PROTOCOL);
        return at < 0 || !Selectors.WITH_PORTS.containsAll(row.sets().get(at));
    }

    /** A packet without ports is found in the element: what is no port fits, and its sender sees to the rest. */
    Condition isOpenly(Element element) {
        Row row = row(element);
        List<Condition> parts = new ArrayList<>();
        parts.add(Condition.not(Selectors.HAS_PORTS));
        parts.add(row.beside());
        int at = 0;
        for (Selector selector : selectors) {
            if (selector instanceof Selector.OfField field) {
                if (!isPort(selector)) {
                    parts.add(Condition.in(field.field(), row.sets().get(at)));
                }
                at++;
            }
        }
        parts.add(new Condition.Choice(words + " is " + NftWords.expression(element.key())));
        return Condition.all(
                parts.stream().filter(part -> !part.equals(Condition.ALWAYS)).toList());
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
        Condition listed = listed(elements);
        List<Element> open = withoutPorts(elements);
        if (open.isEmpty()) {
            return listed;
        }
        List<Condition> parts = new ArrayList<>();
        parts.add(Condition.all(Selectors.HAS_PORTS, listed));
        open.forEach(element -> parts.add(isOpenly(element)));
        return Condition.any(parts);
    }

    private Condition listed(List<Element> elements) {
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
