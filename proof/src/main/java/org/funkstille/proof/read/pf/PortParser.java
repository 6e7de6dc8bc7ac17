package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Reads what stands behind {@code port}. */
final class PortParser {

    private static final int LARGEST = 65535;

    private final Cursor cursor;

    PortParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Ports ports() throws ReadingException {
        List<Range> ranges = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        ports(ranges, unknown, 0);
        return new Ports(ValueSet.ofAll(Field.SOURCE_PORT.bits(), ranges), unknown);
    }

    private void ports(List<Range> ranges, List<String> unknown, int depth) throws ReadingException {
        if (depth > Cursor.DEEPEST_NESTING) {
            throw cursor.error("lists nest deeper than " + Cursor.DEEPEST_NESTING);
        }
        if (!cursor.accept("{")) {
            port(ranges, unknown);
            return;
        }
        cursor.skipSeparators();
        while (!cursor.accept("}")) {
            ports(ranges, unknown, depth + 1);
            cursor.skipSeparators();
        }
    }

    private void port(List<Range> ranges, List<String> unknown) throws ReadingException {
        Token first = cursor.peek();
        if (first.kind() == Token.Kind.SYMBOL) {
            String operator = cursor.next().text();
            String text = cursor.text("a port");
            OptionalInt number = number(text);
            if (number.isEmpty()) {
                unknown.add(operator + " " + text);
                return;
            }
            int port = number.getAsInt();
            switch (operator) {
                case "=" -> add(ranges, port, port);
                case "!=" -> {
                    add(ranges, 0, port - 1);
                    add(ranges, port + 1, LARGEST);
                }
                case "<" -> add(ranges, 0, port - 1);
                case "<=" -> add(ranges, 0, port);
                case ">" -> add(ranges, port + 1, LARGEST);
                case ">=" -> add(ranges, port, LARGEST);
                default -> throw cursor.error(first, "expected a port and not " + operator);
            }
            return;
        }
        String text = cursor.text("a port");
        if (cursor.at("><") || cursor.at("<>")) {
            between(text, cursor.next().text(), cursor.text("a port"), ranges, unknown);
            return;
        }
        int colon = text.indexOf(':');
        OptionalInt low = number(colon < 0 ? text : text.substring(0, colon));
        OptionalInt high = colon < 0 ? low : number(text.substring(colon + 1));
        if (low.isEmpty() || high.isEmpty()) {
            unknown.add(text);
        } else {
            add(ranges, low.getAsInt(), high.getAsInt());
        }
    }

    /** {@code ><} leaves out both ends, {@code <>} is everything below the first and above the second. */
    private void between(String low, String operator, String high, List<Range> ranges, List<String> unknown)
            throws ReadingException {
        OptionalInt first = number(low);
        OptionalInt second = number(high);
        if (first.isEmpty() || second.isEmpty()) {
            unknown.add(low + " " + operator + " " + high);
        } else if (operator.equals("><")) {
            add(ranges, first.getAsInt() + 1, second.getAsInt() - 1);
        } else {
            add(ranges, 0, first.getAsInt() - 1);
            add(ranges, second.getAsInt() + 1, LARGEST);
        }
    }

    /** A port by number or name. */
    OptionalInt number(String text) throws ReadingException {
        OptionalInt number = NumberNames.port(text);
        boolean digits = !text.isEmpty() && text.chars().allMatch(character -> character >= '0' && character <= '9');
        if (number.isEmpty() && digits) {
            throw cursor.errorBefore(text + " is no port");
        }
        return number;
    }

    private static void add(List<Range> ranges, int first, int last) {
        if (first <= last) {
            ranges.add(Range.of(first, last));
        }
    }
}
