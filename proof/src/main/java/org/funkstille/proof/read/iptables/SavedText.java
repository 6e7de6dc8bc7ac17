package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Translated;
import org.jspecify.annotations.Nullable;

/** Reads one text of {@code iptables-save} line by line: tables, their chains, their rules. */
final class SavedText {

    private static final String FOREIGN = "is incompatible, use 'nft' tool";

    private static final String LEGACY = "tables present, use iptables-legacy-save";

    /** IPFire's chain for its administration page. */
    private static final String ADMINISTRATION = "GUIINPUT";

    private final Context context;
    private final Collected collected;
    private final Set<Table> seen = EnumSet.noneOf(Table.class);
    private final Set<String> chains = new HashSet<>();
    private @Nullable Table table;

    private SavedText(Context context, Collected collected) {
        this.context = context;
        this.collected = collected;
    }

    /** Returns the number of tables. */
    static int read(SourceText source, Context context, Collected collected) throws ReadingException {
        SavedText text = new SavedText(context, collected);
        Line last = new Line(source.name(), 1, "");
        for (Line line : Line.of(source)) {
            text.read(line);
            last = line;
        }
        if (text.table != null) {
            throw last.error(
                    last.text().length() + 1, "the text is cut off: no COMMIT ends the table " + text.table.word());
        }
        return text.seen.size();
    }

    private void read(Line line) throws ReadingException {
        String text = line.text();
        if (text.isBlank()) {
            return;
        }
        switch (text.charAt(0)) {
            case '#' -> remark(line);
            case '*' -> begin(line);
            case ':' -> declare(line);
            case '-', '[' -> rule(line);
            default -> {
                if (!text.strip().equals("COMMIT") || table == null) {
                    throw line.error(1, "not a line of iptables-save: " + line.excerpt());
                }
                table = null;
                chains.clear();
            }
        }
    }

    /** iptables-nft says so where it cannot print all that is in force. */
    private void remark(Line line) {
        String text = line.text();
        if (text.contains(FOREIGN)) {
            String chain = "unread " + line.place();
            Source source = new Source(line.place(), text, "");
            collected.base(chain, Hook.PREROUTING, Integer.MIN_VALUE, false, context.family(), Action.ACCEPT, source);
            collected.rule(
                    chain,
                    new Rule(
                            Condition.ALWAYS,
                            List.of(new Effect.Unclear(text)),
                            Action.CONTINUE,
                            false,
                            Rule.Origin.OWNER,
                            source));
        } else if (text.contains(LEGACY)) {
            context.assumptions().add("rules of iptables-legacy, which were not given, are taken as none");
        }
    }

    private void begin(Line line) throws ReadingException {
        String name = line.text().substring(1).strip();
        if (table != null) {
            throw line.error(1, "no COMMIT ends the table " + table.word() + " before this line");
        }
        Table named = Table.named(name).orElseThrow(() -> line.error(2, "there is no table " + name));
        if (!seen.add(named)) {
            throw line.error(2, "the table " + name + " is there twice");
        }
        table = named;
    }

    private Table table(Line line) throws ReadingException {
        if (table == null) {
            throw line.error(1, "no table begins before this line: " + line.excerpt());
        }
        return table;
    }

    /** {@code :FORWARD DROP [0:0]}, or {@code :NAME - [0:0]}. */
    private void declare(Line line) throws ReadingException {
        Table current = table(line);
        List<Word> words = Word.of(line);
        String name = words.getFirst().text().substring(1);
        if (words.size() < 2 || name.isEmpty()) {
            throw line.error(1, "a chain and its policy should stand here");
        }
        if (!chains.add(name)) {
            throw line.error(2, "the chain " + name + " is there twice");
        }
        String policy = words.get(1).text();
        String full = current.chainName(context.family(), name);
        collected.chain(full);
        if (policy.equals("-")) {
            return;
        }
        Hook hook = current.hook(name)
                .orElseThrow(() -> line.error(2, "no chain of the table " + current.word() + " has a policy: " + name));
        Action action = switch (policy) {
            case "ACCEPT" -> Action.ACCEPT;
            case "DROP" -> Action.DROP;
            default -> throw line.error(words.get(1).column(), "there is no policy " + policy);
        };
        Source source = new Source(line.place(), line.text(), "");
        collected.base(full, hook, current.priority(hook), current == Table.NAT, context.family(), action, source);
    }

    private void rule(Line line) throws ReadingException {
        Table current = table(line);
        RuleLine rule = RuleLineParser.parse(line);
        if (!chains.contains(rule.chain())) {
            throw line.error(rule.chainColumn(), "the table " + current.word() + " has no chain " + rule.chain());
        }
        Context here = context.in(rule.chain());
        List<Condition> conditions = new ArrayList<>();
        conditions.add(HeaderOptions.read(rule.header(), context.family()));
        rule.matches().forEach(match -> conditions.add(Matches.read(match, here)));
        Condition condition = Condition.all(conditions);
        Source source = new Source(line.place(), line.text(), rule.remark());
        Rule.Origin origin = current == Table.FILTER && rule.chain().equals(ADMINISTRATION)
                ? Rule.Origin.ADMINISTRATION
                : Rule.Origin.OWNER;
        String full = current.chainName(context.family(), rule.chain());
        List<Outcome> outcomes = Targets.read(rule.target(), chains, here);
        for (Outcome outcome : outcomes) {
            Condition kind = Narrowing.of(Condition.all(condition, outcome.kind()));
            // A kind of packets that the rule's own matches exclude.
            if (outcomes.size() == 1 || !kind.equals(Condition.NEVER)) {
                Action action = named(outcome.action(), current);
                Translated.split(new Rule(kind, outcome.effects(), action, false, origin, source))
                        .forEach(one -> collected.rule(full, one));
            }
        }
    }

    private Action named(Action action, Table current) {
        return switch (action) {
            case Action.Jump(String chain) -> new Action.Jump(current.chainName(context.family(), chain));
            case Action.Goto(String chain) -> new Action.Goto(current.chainName(context.family(), chain));
            default -> action;
        };
    }
}
