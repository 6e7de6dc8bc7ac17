package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.read.ReadingException;

/**
 * Reads what stands between a rule's first word and the end of its line. pf wants the parts in one order; here any is
 * taken, as nothing hangs on it.
 */
final class RuleParser {

    private final Cursor cursor;
    private final HostParser hosts;
    private final PortParser ports;
    private final OptionParser options;
    private final RouteParser routes;

    RuleParser(Cursor cursor, Tags tags) {
        this.cursor = cursor;
        this.hosts = new HostParser(cursor);
        this.ports = new PortParser(cursor);
        this.routes = new RouteParser(cursor, hosts, ports);
        this.options = new OptionParser(cursor, tags, this::interfaces);
    }

    /** Up to the end of the line, or up to the braces of an anchor. */
    void read(Draft draft) throws ReadingException {
        while (!cursor.peek().endsLine() && !cursor.at("{") && !cursor.at("}")) {
            if (!main(draft) && !options.read(draft) && !routes.read(draft)) {
                Token unknown = cursor.next();
                String rest = cursor.accept("(") ? " (" + cursor.skipTo(")") + ")" : "";
                draft.unclear(unknown.written() + rest);
            }
        }
    }

    private boolean main(Draft draft) throws ReadingException {
        Token token = cursor.peek();
        if (token.kind() != Token.Kind.WORD) {
            return false;
        }
        switch (token.text()) {
            case "in" -> direction(draft, RuleSyntax.Direction.IN);
            case "out" -> direction(draft, RuleSyntax.Direction.OUT);
            case "quick" -> {
                cursor.next();
                draft.quick = true;
            }
            case "log" -> {
                cursor.next();
                if (cursor.accept("(")) {
                    cursor.skipTo(")");
                }
            }
            case "on" -> on(draft);
            case "inet" -> family(draft, Family.IPV4);
            case "inet6" -> family(draft, Family.IPV6);
            case "proto" -> {
                cursor.next();
                protocols(draft);
            }
            case "all" -> cursor.next();
            case "from" -> draft.from = peer(draft);
            case "to" -> draft.to = peer(draft);
            case "drop", "return", "return-rst", "return-icmp", "return-icmp6" -> blocking(draft);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void direction(Draft draft, RuleSyntax.Direction direction) throws ReadingException {
        cursor.next();
        draft.direction = direction;
    }

    private void family(Draft draft, Family family) throws ReadingException {
        cursor.next();
        draft.family = Optional.of(family);
    }

    private void blocking(Draft draft) throws ReadingException {
        draft.answered = !cursor.next().text().equals("drop");
        if (cursor.accept("(")) {
            cursor.skipTo(")");
        }
    }

    private void on(Draft draft) throws ReadingException {
        cursor.next();
        if (cursor.at("rdomain") || (cursor.at("!") && cursor.peek(1).is("rdomain"))) {
            boolean negated = cursor.accept("!");
            cursor.next();
            draft.conditions.add(
                    new Condition.Unknown("on " + (negated ? "! " : "") + "rdomain " + cursor.text("a number")));
        } else if (!cursor.accept("any")) {
            interfaces(draft.interfaces);
        }
    }

    private List<RuleSyntax.InterfaceName> interfaces() throws ReadingException {
        List<RuleSyntax.InterfaceName> names = new ArrayList<>();
        interfaces(names);
        return names;
    }

    /** An interface, or a list of them. */
    void interfaces(List<RuleSyntax.InterfaceName> into) throws ReadingException {
        interfaces(into, false, 0);
    }

    private void interfaces(List<RuleSyntax.InterfaceName> names, boolean outerNegated, int depth)
            throws ReadingException {
        if (depth > Cursor.DEEPEST_NESTING) {
            throw cursor.error("lists nest deeper than " + Cursor.DEEPEST_NESTING);
        }
        boolean negated = outerNegated;
        while (cursor.accept("!")) {
            negated = !negated;
        }
        if (!cursor.accept("{")) {
            names.add(new RuleSyntax.InterfaceName(negated, cursor.text("an interface")));
            return;
        }
        cursor.skipSeparators();
        while (!cursor.accept("}")) {
            interfaces(names, negated, depth + 1);
            cursor.skipSeparators();
        }
    }

    private void protocols(Draft draft) throws ReadingException {
        draft.protocols = Field.PROTOCOL.none();
        protocols(draft, 0);
    }

    private void protocols(Draft draft, int depth) throws ReadingException {
        if (depth > Cursor.DEEPEST_NESTING) {
            throw cursor.error("lists nest deeper than " + Cursor.DEEPEST_NESTING);
        }
        if (!cursor.accept("{")) {
            String name = cursor.text("a protocol");
            OptionalInt number = NumberNames.protocol(name);
            if (number.isPresent() && number.getAsInt() > 0) {
                draft.protocols = draft.protocols.union(Field.PROTOCOL.only(number.getAsInt()));
            } else {
                draft.unknownProtocols.add(name);
            }
            return;
        }
        cursor.skipSeparators();
        while (!cursor.accept("}")) {
            protocols(draft, depth + 1);
            cursor.skipSeparators();
        }
    }

    private RuleSyntax.Peer peer(Draft draft) throws ReadingException {
        cursor.next();
        List<Host.Entry> named = cursor.at("port") ? List.of() : hosts.hosts();
        Ports numbers = cursor.accept("port") ? ports.ports() : Ports.ANY;
        if (cursor.accept("os")) {
            options.operatingSystem(draft);
        }
        return new RuleSyntax.Peer(named, numbers);
    }
}
