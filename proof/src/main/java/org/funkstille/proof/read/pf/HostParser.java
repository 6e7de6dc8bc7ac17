package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.funkstille.proof.read.ReadingException;

/** Reads {@code any}, addresses, tables, interfaces, and lists of them. */
final class HostParser {

    private static final Pattern COLON = Pattern.compile(":");

    /** {@code pfctl -vv} prints how many addresses there are: {@code <admins:2>}, {@code (self:9)} (pfctl_parser.c). */
    private static final Pattern COUNT = Pattern.compile(":[0-9]+$");

    /** {@code (em0:0)} means its first address, and is not a count. */
    private static final String PRIMARY = ":0";

    /** As FreeBSD names interfaces: a driver and a number, perhaps the number of a VLAN. */
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*[0-9](\\.[0-9]+)?");

    private final Cursor cursor;

    HostParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** One host or a list of hosts. A list within a list is as if its entries stood in the outer one. */
    List<Host.Entry> hosts() throws ReadingException {
        List<Host.Entry> entries = new ArrayList<>();
        hosts(entries, false, 0);
        return entries;
    }

    private void hosts(List<Host.Entry> entries, boolean outerNegated, int depth) throws ReadingException {
        if (depth > Cursor.DEEPEST_NESTING) {
            throw cursor.error("lists nest deeper than " + Cursor.DEEPEST_NESTING);
        }
        boolean negated = outerNegated;
        while (cursor.accept("!")) {
            negated = !negated;
        }
        if (!cursor.accept("{")) {
            entries.add(new Host.Entry(negated, host()));
            return;
        }
        cursor.skipSeparators();
        while (!cursor.accept("}")) {
            hosts(entries, negated, depth + 1);
            cursor.skipSeparators();
        }
    }

    private Host host() throws ReadingException {
        if (cursor.accept("<")) {
            String name = cursor.text("the name of a table");
            cursor.expect(">");
            return new Host.Table(COUNT.matcher(name).replaceFirst(""));
        }
        if (cursor.accept("(")) {
            String name = cursor.text("an interface");
            if (!cursor.accept(")")) {
                return new Host.Unclear("(" + name + " " + cursor.skipTo(")") + ")");
            }
            Host host = ofInterface(
                    name.endsWith(PRIMARY) ? name : COUNT.matcher(name).replaceFirst(""), true);
            return cursor.accept("/") ? new Host.Unclear("(" + name + ")/" + cursor.text("a length")) : host;
        }
        Token word = cursor.peek();
        if (!word.isText()) {
            throw cursor.error("expected an address and not " + word.written());
        }
        cursor.next();
        return switch (word.text()) {
            case "any" -> new Host.Anywhere();
            case "no-route" -> new Host.NoRoute();
            case "urpf-failed" -> new Host.RouteElsewhere();
            case "self" -> new Host.Self();
            case "route" -> new Host.Unclear("route " + cursor.text("a label"));
            default -> named(word.text());
        };
    }

    private Host named(String text) throws ReadingException {
        if (cursor.accept("/")) {
            String length = cursor.text("the length of a prefix");
            return Net.prefix(text, length)
                    .<Host>map(Host.Addresses::new)
                    .orElseGet(() -> new Host.Unclear(text + "/" + length));
        }
        Optional<Net> address = Net.address(text);
        if (cursor.accept("-")) {
            String last = cursor.text("the end of a range");
            return address.flatMap(first -> Net.address(last).flatMap(end -> Net.between(first, end)))
                    .<Host>map(Host.Addresses::new)
                    .orElseGet(() -> new Host.Unclear(text + " - " + last));
        }
        return address.<Host>map(Host.Addresses::new).orElseGet(() -> ofInterface(text, false));
    }

    /** An interface or a host name; only the house can tell {@code lan} from a host. */
    private static Host ofInterface(String text, boolean bracket) {
        if (text.equals("self")) {
            return new Host.Self();
        }
        List<String> parts = List.of(COLON.split(text, -1));
        List<String> modifiers = parts.subList(1, parts.size());
        boolean known = List.of("network", "broadcast", "peer", "0").containsAll(modifiers);
        return known && !parts.getFirst().isEmpty() && isInterface(parts.getFirst(), modifiers)
                ? new Host.OfInterface(parts.getFirst(), modifiers, bracket || !modifiers.isEmpty())
                : new Host.Unclear(text);
    }

    private static boolean isInterface(String name, List<String> modifiers) {
        return !modifiers.isEmpty() || INTERFACE.matcher(name).matches() || name.indexOf('.') < 0;
    }
}
