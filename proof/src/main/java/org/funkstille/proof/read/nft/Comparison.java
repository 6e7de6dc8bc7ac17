package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** A selector compared with constants. Nothing where the constants are not understood. */
final class Comparison {

    /** Fields of up to so many bits are gone through number by number where a function is applied to them. */
    private static final int SMALL = 16;

    private final Times times;
    private final Marks marks;

    Comparison(Times times, Marks marks) {
        this.times = times;
        this.marks = marks;
    }

    /** Without what the selector needs. */
    Optional<Condition> of(Selector selector, Optional<Operation> operation, String operator, Json right) {
        boolean negated = operator.equals("!=") || operator.equals("!");
        boolean plain = operation.isEmpty() && (negated || operator.equals("==") || operator.equals("in"));
        return switch (selector) {
            case Selector.OfField field -> field(field, operation, operator, right);
            case Selector.OfTime(Times.Unit unit) ->
                operation.isEmpty() ? times.match(unit, operator, right) : Optional.empty();
            case Selector.OfOrigin _, Selector.Free _, Selector.Opaque _ -> Optional.empty();
            default ->
                plain
                        ? isOneOf(selector, constants(right), times).map(one -> negated ? Condition.not(one) : one)
                        : Optional.empty();
        };
    }

    private static List<Json> constants(Json right) {
        return right.kind().equals("set")
                ? Element.ofAnonymous(right.body()).stream().map(Element::key).toList()
                : List.of(right);
    }

    /** For what is no field. */
    static Optional<Condition> isOneOf(Selector selector, List<Json> constants, Times times) {
        List<Condition> parts = new ArrayList<>();
        for (Json constant : constants) {
            Optional<Condition> part = switch (selector) {
                case Selector.OfInterface(Field field) -> interfaceIs(field, constant);
                case Selector.OfTime(Times.Unit unit) -> times.anyOf(unit, constant);
                case Selector.OfNextHeader _ ->
                    Ranges.of(Words.PROTOCOL, constant).map(Comparison::nextHeader);
                case Selector.OfPacketType _ ->
                    Ranges.of(Words.PACKET_TYPE, constant).map(Comparison::packetType);
                case Selector.OfExtension(Condition _, long header) ->
                    Words.NUMBER8.value(constant).map(there -> extension(header, there.low() != 0));
                case Selector.Absent _ -> Optional.of(Condition.NEVER);
                case Selector.Free _ -> Optional.of(new Condition.Choice(NftWords.expression(constant)));
                case Selector.OfField _, Selector.OfOrigin _, Selector.Opaque _ -> Optional.empty();
            };
            if (part.isEmpty()) {
                return part;
            }
            parts.add(part.get());
        }
        return Optional.of(Condition.any(parts));
    }

    /** A number stands for an interface that was gone as the rules were listed. */
    private static Optional<Condition> interfaceIs(Field field, Json name) {
        return name.string()
                .filter(text -> !text.isEmpty() && !text.matches("[0-9]+"))
                .map(text -> {
                    if (text.endsWith("\\*")) {
                        return new Condition.InterfaceIs(field, text.substring(0, text.length() - 2) + "*", false);
                    }
                    return text.endsWith("*")
                            ? new Condition.InterfaceIs(field, text.substring(0, text.length() - 1), true)
                            : new Condition.InterfaceIs(field, text, false);
                });
    }

    private static Condition nextHeader(Range numbers) {
        return Condition.any(
                Condition.all(
                        Condition.in(Field.EXTENSION, Field.NO_EXTENSION),
                        Condition.in(Field.PROTOCOL, ValueSet.of(Field.PROTOCOL.bits(), numbers))),
                Condition.in(Field.EXTENSION, ValueSet.of(Field.EXTENSION.bits(), numbers)));
    }

    /** Frames to this host (0) and to others (3) can carry any address. */
    private static Condition packetType(Range numbers) {
        List<Condition> parts = new ArrayList<>();
        if (numbers.contains(Value.of(1))) {
            parts.add(Condition.in(Field.DESTINATION_TYPE, Field.TYPE_BROADCAST));
        }
        if (numbers.contains(Value.of(2))) {
            parts.add(Condition.in(Field.DESTINATION_TYPE, Field.TYPE_MULTICAST));
        }
        if (numbers.contains(Value.ZERO) || numbers.contains(Value.of(3))) {
            ValueSet groups =
                    ValueSet.of(Field.DESTINATION_TYPE.bits(), Range.of(Field.TYPE_BROADCAST, Field.TYPE_MULTICAST));
            parts.add(Condition.all(
                    Condition.in(Field.DESTINATION_TYPE, groups.complement()),
                    new Condition.Unknown("meta pkttype is " + numbers)));
        }
        return Condition.any(parts);
    }

    /** Behind another extension header it may stand or not. */
    private static Condition extension(long header, boolean there) {
        ValueSet others = Field.EXTENSION
                .only(header)
                .union(Field.EXTENSION.only(Field.NO_EXTENSION))
                .complement();
        Condition exists = Condition.any(
                Condition.in(Field.EXTENSION, header),
                Condition.all(
                        Condition.in(Field.EXTENSION, others),
                        new Condition.Choice("extension header " + header + " behind another one")));
        return there ? exists : Condition.not(exists);
    }

    private Optional<Condition> field(
            Selector.OfField selector, Optional<Operation> operation, String operator, Json right) {
        boolean set = right.kind().equals("set");
        List<Range> ranges = new ArrayList<>();
        for (Json constant : constants(right)) {
            Optional<Range> range = Ranges.of(selector.words(), constant);
            if (range.isEmpty()) {
                return Optional.empty();
            }
            if (set || !Ranges.isNeverMet(selector.words(), constant)) {
                ranges.add(range.get());
            }
        }
        boolean bits = operator.equals("in") && !set && selector.words().isFlags();
        if (operator.equals("!") || bits) {
            if (ranges.size() != 1
                    || !ranges.getFirst().first().equals(ranges.getFirst().last())) {
                return Optional.empty();
            }
            long asked = ranges.getFirst().first().low();
            return passing(selector, operation, number -> (number & asked) != 0 == bits);
        }
        Optional<ValueSet> numbers = compared(operator, selector.words().width(), ranges);
        return numbers.flatMap(some -> operation.isPresent()
                ? applied(selector, operation.get(), operator.equals("!="), some)
                : Optional.of(inField(selector, some, operator.equals("!="))));
    }

    private static Condition inField(Selector.OfField selector, ValueSet numbers, boolean negated) {
        ValueSet found = selector.coding().toField(selector.field(), numbers);
        return Condition.in(selector.field(), negated ? found.complement() : found);
    }

    /** The numbers that pass; of {@code !=} those that do not. */
    private static Optional<ValueSet> compared(String operator, int width, List<Range> ranges) {
        Value largest = Value.largest(width);
        if (operator.equals("==") || operator.equals("!=") || operator.equals("in")) {
            return Optional.of(ValueSet.ofAll(width, ranges));
        }
        if (ranges.size() != 1) {
            return Optional.empty();
        }
        Value bound = ranges.getFirst().first();
        return switch (operator) {
            case "<=" -> Optional.of(ValueSet.of(width, new Range(Value.ZERO, bound)));
            case ">=" -> Optional.of(ValueSet.of(width, new Range(bound, largest)));
            case "<" ->
                Optional.of(ValueSet.of(width, new Range(bound, largest)).complement());
            case ">" ->
                Optional.of(ValueSet.of(width, new Range(Value.ZERO, bound)).complement());
            default -> Optional.empty();
        };
    }

    private Optional<Condition> applied(
            Selector.OfField selector, Operation operation, boolean negated, ValueSet numbers) {
        if (operation.mask().isPresent() && selector.coding().equals(Coding.SAME)) {
            Optional<ValueSet> masked = Masked.into(numbers, operation.mask().get());
            if (masked.isPresent()) {
                return Optional.of(inField(selector, masked.get(), negated));
            }
        }
        return passing(selector, Optional.of(operation), number -> numbers.contains(number) != negated);
    }

    private Optional<Condition> passing(
            Selector.OfField selector, Optional<Operation> operation, LongPredicate predicate) {
        LongPredicate passes = operation
                .<LongPredicate>map(
                        one -> number -> predicate.test(one.function().applyAsLong(number)))
                .orElse(predicate);
        Field field = selector.field();
        if (selector.coding() instanceof Coding.Table table) {
            return Optional.of(Condition.in(field, table.where(field, passes)));
        }
        if (field == Field.MARK || field == Field.FLOW_MARK) {
            return marks.of(field)
                    .map(known ->
                            Condition.in(field, where(field, known.stream().mapToLong(one -> one), passes)));
        }
        if (field.bits() > SMALL || !selector.coding().equals(Coding.SAME)) {
            return Optional.empty();
        }
        return Optional.of(Condition.in(field, where(field, LongStream.range(0, 1L << field.bits()), passes)));
    }

    private static ValueSet where(Field field, LongStream numbers, LongPredicate passes) {
        return ValueSet.ofAll(
                field.bits(),
                numbers.filter(passes)
                        .mapToObj(number -> Range.of(number, number))
                        .toList());
    }
}
