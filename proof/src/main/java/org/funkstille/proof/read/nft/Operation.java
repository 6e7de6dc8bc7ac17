package org.funkstille.proof.read.nft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import org.funkstille.proof.sets.Value;

/**
 * The left side of a match as a function of what a selector reads: {@code tcp flags & (syn | ack)}.
 *
 * @param function of numbers up to 64 bits
 * @param mask where the function is nothing but one mask
 */
record Operation(Json selector, LongUnaryOperator function, Optional<Value> mask) {

    private static final List<String> OPERATORS = List.of("&", "|", "^", "<<", ">>");

    static boolean isOne(Json expression) {
        return OPERATORS.contains(expression.kind());
    }

    /** What the function is applied to: the first operand that is none itself. */
    static Json selector(Json expression) {
        Json inner = expression;
        while (isOne(inner) && !inner.body().items().isEmpty()) {
            inner = inner.body().items().getFirst();
        }
        return inner;
    }

    /** Nothing where another operand than the first is not constant. */
    static Optional<Operation> of(Json expression, Words words) {
        if (!isOne(expression)) {
            return Optional.of(new Operation(expression, LongUnaryOperator.identity(), Optional.empty()));
        }
        List<Json> operands = expression.body().items();
        if (operands.size() < 2) {
            return Optional.empty();
        }
        Optional<Operation> inner = of(operands.getFirst(), words);
        String operator = expression.kind();
        for (Json operand : operands.subList(1, operands.size())) {
            OptionalLong shift = operand.number();
            Optional<Value> constant = operator.length() == 2 && shift.isPresent()
                    ? Optional.of(Value.of(shift.getAsLong()))
                    : words.value(operand);
            if (inner.isEmpty() || constant.isEmpty()) {
                return Optional.empty();
            }
            inner = Optional.of(inner.get().then(operator, constant.get()));
        }
        return inner;
    }

    private Operation then(String operator, Value value) {
        long constant = value.low();
        boolean first = mask.isEmpty() && !isOne(selector);
        LongUnaryOperator before = function;
        LongUnaryOperator after = switch (operator) {
            case "&" -> number -> before.applyAsLong(number) & constant;
            case "|" -> number -> before.applyAsLong(number) | constant;
            case "^" -> number -> before.applyAsLong(number) ^ constant;
            case "<<" -> number -> constant > 63 ? 0 : before.applyAsLong(number) << constant;
            default -> number -> constant > 63 ? 0 : before.applyAsLong(number) >>> constant;
        };
        return new Operation(selector, after, first && operator.equals("&") ? Optional.of(value) : Optional.empty());
    }
}
