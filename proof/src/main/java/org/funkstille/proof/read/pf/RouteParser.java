package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.read.ReadingException;

/** Reads policy routing, and what translated packets are translated to. */
final class RouteParser {

    private final Cursor cursor;
    private final HostParser hosts;
    private final PortParser ports;

    RouteParser(Cursor cursor, HostParser hosts, PortParser ports) {
        this.cursor = cursor;
        this.hosts = hosts;
        this.ports = ports;
    }

    /** Reads one of them where it is next. */
    boolean read(Draft draft) throws ReadingException {
        Token token = cursor.peek();
        if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.SYMBOL) {
            return false;
        }
        switch (token.text()) {
            case "route-to", "reply-to" -> {
                cursor.next();
                draft.route = Optional.of(route(token));
            }
            case "dup-to" -> {
                cursor.next();
                draft.effects.add(new Effect.Unclear(route(token).text()));
            }
            case "->", "rdr-to", "nat-to", "binat-to" -> {
                cursor.next();
                draft.redirection = Optional.of(redirection(token, draft));
            }
            case "af-to" -> {
                cursor.next();
                hosts.hosts();
                if (cursor.accept("from")) {
                    hosts.hosts();
                }
                draft.effects.add(new Effect.Unclear(cursor.source(token.start(), cursor.consumedEnd())));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private RuleSyntax.Route route(Token keyword) throws ReadingException {
        List<RuleSyntax.Hop> hops = new ArrayList<>();
        if (cursor.accept("{")) {
            cursor.skipSeparators();
            while (!cursor.accept("}")) {
                hops.add(hop());
                cursor.skipSeparators();
            }
        } else {
            hops.add(hop());
        }
        String text = cursor.source(keyword.start(), cursor.consumedEnd());
        poolOptions();
        return new RuleSyntax.Route(keyword.text(), List.copyOf(hops), text.isEmpty() ? keyword.text() : text);
    }

    /** {@code (em0 203.0.113.1)}, {@code em0}, or as OpenBSD says it {@code 203.0.113.1@em0}. */
    private RuleSyntax.Hop hop() throws ReadingException {
        if (!cursor.accept("(")) {
            String text = cursor.text("an interface");
            int at = text.indexOf('@');
            return at < 0
                    ? new RuleSyntax.Hop(Net.address(text).isPresent() ? "" : text, Optional.empty())
                    : new RuleSyntax.Hop(text.substring(at + 1), family(text.substring(0, at)));
        }
        String name = cursor.text("an interface");
        Optional<Family> family = cursor.peek().isText() ? family(cursor.peek().text()) : Optional.empty();
        cursor.skipTo(")");
        return new RuleSyntax.Hop(name, family);
    }

    private static Optional<Family> family(String address) {
        return Net.address(address).map(Net::family);
    }

    private RuleSyntax.Redirection redirection(Token keyword, Draft draft) throws ReadingException {
        List<Host.Entry> targets = hosts.hosts();
        int first = -1;
        int last = -1;
        if (cursor.accept("port")) {
            String text = cursor.text("a port");
            int colon = text.indexOf(':');
            String end = colon < 0 ? text : text.substring(colon + 1);
            OptionalInt low = ports.number(colon < 0 ? text : text.substring(0, colon));
            OptionalInt high = end.equals("*") ? OptionalInt.of(-1) : ports.number(end);
            if (low.isEmpty() || high.isEmpty()) {
                draft.effects.add(new Effect.Unclear("port " + text));
            } else {
                first = low.getAsInt();
                last = high.getAsInt();
            }
        }
        String text = cursor.source(keyword.start(), cursor.consumedEnd());
        boolean fixedPort = poolOptions();
        return new RuleSyntax.Redirection(keyword.text(), targets, first, last, fixedPort, text);
    }

    /** How one of several addresses is chosen; true where the source port stays as it is. */
    private boolean poolOptions() throws ReadingException {
        boolean fixedPort = false;
        while (cursor.peek().kind() == Token.Kind.WORD) {
            switch (cursor.peek().text()) {
                case "bitmask", "random", "round-robin", "sticky-address", "endpoint-independent" -> cursor.next();
                case "prefer-ipv6-nexthop" -> cursor.next();
                case "static-port" -> {
                    cursor.next();
                    fixedPort = true;
                }
                case "source-hash" -> {
                    cursor.next();
                    if (cursor.peek().isText()
                            && (cursor.peek().kind() == Token.Kind.QUOTED
                                    || cursor.peek().text().startsWith("0x"))) {
                        cursor.next();
                    }
                }
                case "map-e-portset" -> {
                    cursor.next();
                    cursor.text("a number");
                    while (cursor.accept("/")) {
                        cursor.text("a number");
                    }
                }
                default -> {
                    return fixedPort;
                }
            }
        }
        return fixedPort;
    }
}
