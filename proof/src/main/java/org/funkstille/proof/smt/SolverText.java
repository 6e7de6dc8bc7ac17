package org.funkstille.proof.smt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;

/**
 * The question whether a packet can get out, as a text for any solver of SMT-LIB 2.
 *
 * <p>Satisfiable: there are a packet and outcomes of all that is unknown with which it gets out, and the model names
 * them. Unsatisfiable: nothing gets out, whatever the unknown may be. So it tells a silent device from others, but not a
 * sure leak from a possible one.
 */
public final class SolverText {

    /** A rule counts each time that a jump leads to it. */
    public static final int MOST_RULES = 100_000;

    /** About as many octets. */
    public static final int MOST_CHARACTERS = 64_000_000;

    private SolverText() {}

    /** @throws TooLarge where it would go beyond {@link #MOST_RULES} or {@link #MOST_CHARACTERS} */
    public static String of(RuleSet rules, Question question) throws TooLarge {
        Space space = new Space(question, rules.platform());
        Lines sets = new Lines(MOST_CHARACTERS);
        Lines way = new Lines(MOST_CHARACTERS);
        SetTests tests = new SetTests(sets);
        Fields fields = new Fields(way);
        new WayText(rules, question, space, way, fields, tests).write();

        Lines text = new Lines(MOST_CHARACTERS);
        introduce(text, question, space);
        for (Field field : fields.asked()) {
            text.line("(declare-const " + field + " " + Terms.sort(field) + ")");
        }
        Lines packets = new Lines(MOST_CHARACTERS);
        writePackets(packets, space, fields, tests);
        text.append(sets);
        text.append(packets);
        text.append(way);
        text.line("(check-sat)");
        text.comment("if sat: (get-value ("
                + fields.asked().stream().map(Field::toString).collect(Collectors.joining(" ")) + "))");
        return text.toString();
    }

    private static void introduce(Lines text, Question question, Space space) throws TooLarge {
        text.comment("Can a packet of this device get out of the house? unsat: no, none. sat: the model is one.");
        text.comment("The device's packets come in by " + question.interfaceName() + ", " + question.family() + ".");
        text.comment("Services of the router count as ways out: " + (question.services() ? "yes" : "no") + ".");
        text.comment("Rules with a time are looked at for " + question.at() + ".");
        text.comment("Interfaces by number: 0 (none)");
        for (String name : question.house().interfaces()) {
            text.comment("  " + space.interfaces().number(name) + " " + name);
        }
        text.comment("  " + space.interfaces().other() + " any other");
        text.line("(set-logic QF_BV)");
    }

    /** Fields that nothing asks for are left out: each box has some number for them. */
    private static void writePackets(Lines lines, Space space, Fields fields, SetTests tests) throws TooLarge {
        lines.comment("The packets that the question is about, as they come in.");
        List<String> names = new ArrayList<>();
        for (Box box : space.sent()) {
            if (!box.isEmpty()) {
                List<String> parts = new ArrayList<>();
                for (Field field : fields.asked()) {
                    parts.add(tests.in(field, field.toString(), box.get(field)));
                }
                String name = "sent-" + (names.size() + 1);
                lines.define(name, Terms.BOOL, Terms.and(parts));
                names.add(name);
            }
        }
        lines.line("(assert " + Terms.or(names) + ")");
    }
}
