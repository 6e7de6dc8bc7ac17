package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.ReadingException;

/**
 * Reads {@code antispoof} into the rules that pf.conf(5) says it stands for: {@code block drop in on ! em1 from
 * em1:network to any} and {@code block drop in from em1 to any}.
 */
final class AntispoofParser {

    private final Cursor cursor;
    private final int section;

    AntispoofParser(Cursor cursor, int section) {
        this.cursor = cursor;
        this.section = section;
    }

    /** @param first the line's first token, its number perhaps */
    void read(Token first, List<RuleSyntax> into) throws ReadingException {
        cursor.expect("antispoof");
        boolean quick = false;
        while (!cursor.at("for")) {
            if (cursor.accept("log")) {
                if (cursor.accept("(")) {
                    cursor.skipTo(")");
                }
            } else {
                cursor.expect("quick");
                quick = true;
            }
        }
        cursor.expect("for");
        List<String> names = interfaces();
        List<Family> families = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        while (!cursor.peek().endsLine() && !cursor.at("}")) {
            switch (cursor.text("an option")) {
                case "inet" -> families.add(Family.IPV4);
                case "inet6" -> families.add(Family.IPV6);
                case "label" -> labels.add(cursor.text("a label"));
                case "ridentifier", "rtable" -> cursor.text("a number");
                default -> throw cursor.error("not an option of antispoof");
            }
        }
        String comment = cursor.peek().endsLine() ? cursor.peek().text() : "";
        Source source = new Source(
                cursor.place(first),
                cursor.source(first.start(), cursor.consumedEnd()),
                comment.isEmpty() && !labels.isEmpty() ? labels.getFirst() : comment);
        for (String name : names) {
            for (boolean network : new boolean[] {true, false}) {
                Draft draft = new Draft(RuleSyntax.Verb.BLOCK);
                draft.quick = quick;
                draft.direction = RuleSyntax.Direction.IN;
                draft.family = families.stream().findFirst();
                draft.labels.addAll(labels);
                if (network) {
                    draft.interfaces.add(new RuleSyntax.InterfaceName(true, name));
                }
                Host host = new Host.OfInterface(name, network ? List.of("network") : List.of(), true);
                draft.from = new RuleSyntax.Peer(List.of(new Host.Entry(false, host)), Ports.ANY);
                into.add(draft.finish(comment, section, source));
            }
        }
    }

    private List<String> interfaces() throws ReadingException {
        List<String> names = new ArrayList<>();
        interfaces(names, 0);
        return names;
    }

    private void interfaces(List<String> names, int depth) throws ReadingException {
        if (depth > Cursor.DEEPEST_NESTING) {
            throw cursor.error("lists nest deeper than " + Cursor.DEEPEST_NESTING);
        }
        if (!cursor.accept("{")) {
            names.add(name());
            return;
        }
        cursor.skipSeparators();
        while (!cursor.accept("}")) {
            interfaces(names, depth + 1);
            cursor.skipSeparators();
        }
    }

    private String name() throws ReadingException {
        boolean bracket = cursor.accept("(");
        String name = cursor.text("an interface");
        if (bracket) {
            cursor.expect(")");
        }
        return name;
    }
}
