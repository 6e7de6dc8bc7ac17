package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.read.ReadingException;

/** Reads {@code icmp-type} and {@code icmp6-type}. */
final class IcmpParser {

    private static final long ICMP = 1;
    private static final long ICMP6 = 58;

    private final Cursor cursor;

    IcmpParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Condition types(boolean six) throws ReadingException {
        List<Condition> types = new ArrayList<>();
        types(types, six, 0);
        return Condition.all(
                Condition.in(Field.FAMILY, six ? Field.IPV6 : Field.IPV4),
                Condition.in(Field.PROTOCOL, six ? ICMP6 : ICMP),
                Condition.in(Field.LATER_FRAGMENT, 0),
                Condition.any(types));
    }

    private void types(List<Condition> types, boolean six, int depth) throws ReadingException {
        if (depth > Cursor.DEEPEST_NESTING) {
            throw cursor.error("lists nest deeper than " + Cursor.DEEPEST_NESTING);
        }
        if (!cursor.accept("{")) {
            types.add(type(six));
            return;
        }
        cursor.skipSeparators();
        while (!cursor.accept("}")) {
            types(types, six, depth + 1);
            cursor.skipSeparators();
        }
    }

    private Condition type(boolean six) throws ReadingException {
        String name = cursor.text("a type of ICMP");
        if (name.equals("any")) {
            return Condition.ALWAYS;
        }
        OptionalInt number = NumberNames.icmpType(name, six);
        Condition type = number.isPresent()
                ? Condition.in(Field.ICMP_TYPE, number.getAsInt())
                : new Condition.Unknown("icmp-type " + name);
        if (!cursor.accept("code")) {
            return type;
        }
        String codeName = cursor.text("a code of ICMP");
        OptionalInt code = NumberNames.icmpCode(codeName, six);
        return Condition.all(
                type,
                code.isPresent()
                        ? Condition.in(Field.ICMP_CODE, code.getAsInt())
                        : new Condition.Unknown("code " + codeName));
    }
}
