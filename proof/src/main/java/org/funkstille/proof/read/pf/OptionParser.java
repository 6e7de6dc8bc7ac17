package org.funkstille.proof.read.pf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.sets.ValueSet;

/** Reads what pf.conf(5) calls filter options: all that can stand behind the addresses of a rule. */
final class OptionParser {

    private final Cursor cursor;
    private final Tags tags;
    private final InterfaceList interfaces;
    private final IcmpParser icmp;

    /** Reads an interface or a list of them. */
    interface InterfaceList {
        List<RuleSyntax.InterfaceName> read() throws ReadingException;
    }

    OptionParser(Cursor cursor, Tags tags, InterfaceList interfaces) {
        this.cursor = cursor;
        this.tags = tags;
        this.interfaces = interfaces;
        this.icmp = new IcmpParser(cursor);
    }

    /** Reads one option where it is next. */
    boolean read(Draft draft) throws ReadingException {
        Token token = cursor.peek();
        if (token.is("!")) {
            return negated(draft);
        }
        if (token.kind() != Token.Kind.WORD) {
            return false;
        }
        switch (token.text()) {
            case "label" -> {
                cursor.next();
                draft.labels.add(cursor.text("a label"));
            }
            case "keep", "modulate", "synproxy" -> {
                cursor.next();
                cursor.expect("state");
                skipBracket();
            }
            case "no" -> {
                cursor.next();
                cursor.expect("state");
                draft.stateless = true;
            }
            case "flags" -> {
                cursor.next();
                flags(draft);
            }
            case "icmp-type", "icmp6-type" -> {
                cursor.next();
                draft.conditions.add(icmp.types(token.text().equals("icmp6-type")));
            }
            case "fragment" -> {
                cursor.next();
                draft.fragment = true;
                draft.conditions.add(Condition.any(
                        Condition.in(Field.LATER_FRAGMENT, 1), new Condition.Choice("the first fragment of several")));
            }
            case "tag" -> {
                cursor.next();
                draft.effects.add(new Effect.Assign(Field.TAG, tags.of(cursor.text("a tag"))));
            }
            case "tagged" -> {
                cursor.next();
                draft.conditions.add(new Condition.In(Field.TAG, tags.of(cursor.text("a tag"))));
            }
            case "received-on" -> {
                cursor.next();
                draft.receivedOn.addAll(interfaces.read());
            }
            case "tos" -> {
                cursor.next();
                serviceType(draft);
            }
            case "set" -> {
                cursor.next();
                set(draft);
            }
            case "user", "group" -> owner(draft, cursor.next().text());
            case "probability", "max-pkt-rate", "prio", "once" -> choice(draft);
            case "rtable" -> {
                cursor.next();
                String table = cursor.text("a routing table");
                if (!table.equals("0")) {
                    draft.effects.add(new Effect.Unclear("rtable " + table));
                }
            }
            case "divert-to", "divert-reply", "divert-packet" -> divert(draft);
            default -> {
                return harmless(token);
            }
        }
        return true;
    }

    /** What neither asks anything of a packet nor changes its way. */
    private boolean harmless(Token token) throws ReadingException {
        switch (token.text()) {
            case "allow-opts", "no-df", "random-id" -> cursor.next();
            case "ridentifier", "min-ttl", "max-mss", "set-tos", "schedule", "queue", "dnpipe", "dnqueue" -> {
                cursor.next();
                if (!skipBracket()) {
                    cursor.text("a number or a name");
                }
            }
            case "reassemble" -> {
                cursor.next();
                cursor.accept("tcp");
            }
            case "scrub" -> {
                cursor.next();
                skipBracket();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean negated(Draft draft) throws ReadingException {
        Token option = cursor.peek(1);
        if (option.is("tagged")) {
            cursor.next();
            cursor.next();
            draft.conditions.add(Condition.not(new Condition.In(Field.TAG, tags.of(cursor.text("a tag")))));
            return true;
        }
        if (option.is("received-on")) {
            cursor.next();
            cursor.next();
            for (RuleSyntax.InterfaceName name : interfaces.read()) {
                draft.receivedOn.add(new RuleSyntax.InterfaceName(!name.negated(), name.name()));
            }
            return true;
        }
        return false;
    }

    private boolean skipBracket() throws ReadingException {
        boolean found = cursor.accept("(");
        if (found) {
            cursor.skipTo(")");
        }
        return found;
    }

    private void flags(Draft draft) throws ReadingException {
        if (cursor.accept("any")) {
            draft.flags(Field.TCP_FLAGS.all());
            return;
        }
        String flags = cursor.at("/") ? "" : cursor.text("flags");
        String mask = cursor.accept("/") ? cursor.text("a mask of flags") : "";
        Optional<ValueSet> set = mask.equals("any") ? Optional.of(Field.TCP_FLAGS.all()) : TcpFlags.set(flags, mask);
        if (set.isPresent()) {
            draft.flags(set.get());
        } else {
            draft.flagsGiven = true;
            draft.conditions.add(new Condition.Unknown("flags " + flags + "/" + mask));
        }
    }

    private void serviceType(Draft draft) throws ReadingException {
        String text = cursor.text("a type of service");
        OptionalInt type = NumberNames.serviceType(text);
        if (type.isEmpty()) {
            draft.conditions.add(new Condition.Unknown("tos " + text));
        } else if (type.getAsInt() != 0) {
            // The two bits beside the DSCP are the sender's as well.
            draft.conditions.add(Condition.in(Field.DSCP, type.getAsInt() >> 2));
            draft.conditions.add(new Condition.Choice("tos " + text));
        }
    }

    private void set(Draft draft) throws ReadingException {
        boolean bracket = cursor.accept("(");
        do {
            Token option = cursor.next();
            switch (option.text()) {
                case "prio", "queue", "delay" -> {
                    if (!skipBracket()) {
                        cursor.text("a number or a name");
                    }
                }
                case "tos" -> {
                    OptionalInt type = NumberNames.serviceType(cursor.text("a type of service"));
                    draft.effects.add(new Effect.Assign(
                            Field.DSCP, type.isPresent() ? Field.DSCP.only(type.getAsInt() >> 2) : Field.DSCP.all()));
                }
                default -> draft.unclear("set " + option.written());
            }
        } while (bracket
                && (cursor.accept(",") || !cursor.at(")"))
                && !cursor.peek().endsLine());
        if (bracket) {
            cursor.expect(")");
        }
    }

    /** Only packets to the router itself have an owner; of others it is {@code unknown}. */
    private void owner(Draft draft, String keyword) throws ReadingException {
        int start = cursor.peek().start();
        if (cursor.accept("{")) {
            cursor.skipTo("}");
        } else {
            while (cursor.peek().kind() == Token.Kind.SYMBOL && !cursor.at("}") && !cursor.at("{")) {
                cursor.next();
            }
            cursor.text("an owner");
            if (cursor.accept("><") || cursor.accept("<>")) {
                cursor.text("an owner");
            }
        }
        String text = keyword + " " + cursor.source(start, cursor.consumedEnd());
        Condition unknown = new Condition.Unknown(text);
        boolean forwardedToo = text.contains("unknown") || text.contains("!=");
        draft.conditions.add(
                forwardedToo
                        ? unknown
                        : Condition.all(Condition.in(Field.DESTINATION_TYPE, Field.TYPE_LOCAL), unknown));
    }

    private void choice(Draft draft) throws ReadingException {
        Token option = cursor.next();
        StringBuilder text = new StringBuilder(option.text());
        if (!option.is("once")) {
            text.append(' ').append(cursor.text("a number"));
            if (cursor.accept("/")) {
                text.append('/').append(cursor.text("a number"));
            }
        }
        draft.conditions.add(new Condition.Choice(text.toString()));
    }

    private void divert(Draft draft) throws ReadingException {
        Token option = cursor.next();
        if (option.is("divert-to") && cursor.peek().isText() && !cursor.at("port")) {
            cursor.next();
        }
        if (cursor.accept("port")) {
            cursor.text("a port");
        }
        draft.effects.add(new Effect.Unclear(cursor.source(option.start(), cursor.consumedEnd())));
    }

    /** A fingerprint of the sender's TCP, which it can choose. */
    void operatingSystem(Draft draft) throws ReadingException {
        String system = cursor.accept("{") ? cursor.skipTo("}") : cursor.text("an operating system");
        draft.conditions.add(new Condition.Choice("os " + system));
    }
}
