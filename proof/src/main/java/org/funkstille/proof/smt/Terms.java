package org.funkstille.proof.smt;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Value;

/** Terms of SMT-LIB. */
final class Terms {

    static final String TRUE = "true";
    static final String FALSE = "false";
    static final String BOOL = "Bool";

    /** More parts than that are split in two halves, so that no solver has to nest deep or to read endless lists. */
    private static final int WIDEST = 16;

    private Terms() {}

    static String sort(Field field) {
        return "(_ BitVec " + field.bits() + ")";
    }

    /** Small numbers as people write them, wide ones in hexadecimal digits. */
    static String number(Field field, Value value) {
        BigInteger number = value.toBigInteger();
        return field.bits() <= 16
                ? "(_ bv" + number + " " + field.bits() + ")"
                : String.format(Locale.ROOT, "#x%0" + field.bits() / 4 + "x", number);
    }

    static String number(Field field, long number) {
        return number(field, Value.of(number & Value.largest(field.bits()).low()));
    }

    static String not(String term) {
        return term.equals(TRUE) ? FALSE : term.equals(FALSE) ? TRUE : "(not " + term + ")";
    }

    static String and(String... terms) {
        return and(List.of(terms));
    }

    static String and(List<String> terms) {
        return terms.contains(FALSE) ? FALSE : join("and", without(TRUE, terms), TRUE);
    }

    static String or(String... terms) {
        return or(List.of(terms));
    }

    static String or(List<String> terms) {
        return terms.contains(TRUE) ? TRUE : join("or", without(FALSE, terms), FALSE);
    }

    static String ite(String condition, String then, String otherwise) {
        return condition.equals(TRUE)
                ? then
                : condition.equals(FALSE) || then.equals(otherwise)
                        ? otherwise
                        : "(ite " + condition + " " + then + " " + otherwise + ")";
    }

    private static List<String> without(String term, List<String> terms) {
        return terms.stream().filter(one -> !one.equals(term)).toList();
    }

    private static String join(String operator, List<String> terms, String ofNone) {
        if (terms.size() <= 1) {
            return terms.isEmpty() ? ofNone : terms.getFirst();
        }
        StringBuilder text = new StringBuilder();
        join(operator, terms, text);
        return text.toString();
    }

    private static void join(String operator, List<String> terms, StringBuilder text) {
        text.append('(').append(operator);
        if (terms.size() <= WIDEST) {
            terms.forEach(term -> text.append(' ').append(term));
        } else {
            int half = terms.size() / 2;
            join(operator, terms.subList(0, half), text.append(' '));
            join(operator, terms.subList(half, terms.size()), text.append(' '));
        }
        text.append(')');
    }
}
