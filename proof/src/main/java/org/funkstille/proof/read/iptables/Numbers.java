package org.funkstille.proof.read.iptables;

import java.util.regex.Pattern;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Numbers and ranges as iptables writes them. */
final class Numbers {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,10}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,8}");

    private Numbers() {}

    /** Decimal or hexadecimal, of at most 32 bits. */
    static long number(String text) throws NotUnderstood {
        long number;
        if (DECIMAL.matcher(text).matches()) {
            number = Long.parseLong(text);
        } else if (HEXADECIMAL.matcher(text).matches()) {
            number = Long.parseLong(text.substring(2), 16);
        } else {
            throw new NotUnderstood("not a number: " + text);
        }
        if (number > 0xffff_ffffL) {
            throw new NotUnderstood("too large: " + text);
        }
        return number;
    }

    /** A number that fits the field. */
    static long number(Field field, String text) throws NotUnderstood {
        long number = number(text);
        if (number >>> field.bits() != 0) {
            throw new NotUnderstood("too large: " + text);
        }
        return number;
    }

    /** {@code 5}, {@code 5:9}, {@code :9}, {@code 5:}, or with another divider. */
    static ValueSet range(Field field, String text, char divider) throws NotUnderstood {
        int colon = text.indexOf(divider);
        if (colon < 0) {
            return field.only(number(field, text));
        }
        String low = text.substring(0, colon);
        String high = text.substring(colon + 1);
        long first = low.isEmpty() ? 0 : number(field, low);
        long last = high.isEmpty() ? (1L << field.bits()) - 1 : number(field, high);
        if (first > last) {
            throw new NotUnderstood("not a range: " + text);
        }
        return ValueSet.of(field.bits(), Range.of(first, last));
    }

    /** Ranges with commas between. */
    static ValueSet ranges(Field field, String text) throws NotUnderstood {
        ValueSet all = field.none();
        for (String part : text.split(",", -1)) {
            all = all.union(range(field, part, ':'));
        }
        return all;
    }
}
