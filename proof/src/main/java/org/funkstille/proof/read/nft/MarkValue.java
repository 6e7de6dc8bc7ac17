package org.funkstille.proof.read.nft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.funkstille.proof.filter.Field;

/**
 * What a rule sets a mark to: {@code (from & keep) ^ flip}.
 *
 * @param from a mark; nothing for a constant
 */
record MarkValue(Optional<Field> from, long keep, long flip) {

    private static final long ALL = 0xffff_ffffL;

    /** The mark that the expression is; nothing where it is none. */
    static Optional<Field> mark(Json expression) {
        if (!expression.body().text("key").equals("mark")) {
            return Optional.empty();
        }
        return switch (expression.kind()) {
            case "meta" -> Optional.of(Field.MARK);
            case "ct" -> Optional.of(Field.FLOW_MARK);
            default -> Optional.empty();
        };
    }

    /** Nothing where it hangs on something else than a mark, or shifts one. */
    static Optional<MarkValue> of(Json expression) {
        OptionalLong constant = constant(expression);
        if (constant.isPresent()) {
            return Optional.of(new MarkValue(Optional.empty(), 0, constant.getAsLong()));
        }
        Optional<Field> mark = mark(expression);
        if (mark.isPresent()) {
            return Optional.of(new MarkValue(mark, ALL, 0));
        }
        List<Json> operands = expression.body().items();
        if (!Operation.isOne(expression) || operands.size() < 2) {
            return Optional.empty();
        }
        Optional<MarkValue> value = of(operands.getFirst());
        for (Json operand : operands.subList(1, operands.size())) {
            OptionalLong other = constant(operand);
            value = other.isEmpty()
                    ? Optional.empty()
                    : value.flatMap(one -> one.then(expression.kind(), other.getAsLong()));
        }
        return value;
    }

    private static OptionalLong constant(Json expression) {
        return Words.MARK
                .value(expression)
                .map(value -> OptionalLong.of(value.low()))
                .orElseGet(OptionalLong::empty);
    }

    private Optional<MarkValue> then(String operator, long constant) {
        return switch (operator) {
            case "&" -> Optional.of(new MarkValue(from, keep & constant, flip & constant));
            case "|" -> Optional.of(new MarkValue(from, keep & ~constant & ALL, flip | constant));
            case "^" -> Optional.of(new MarkValue(from, keep, flip ^ constant));
            default -> Optional.empty();
        };
    }
}
