package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;

/** Reads texts line by line into {@link Ruleset}. */
final class RulesetParser {

    /** Far more than any house has; so a text that is not meant well ends here and not in want of memory. */
    private static final int MOST_RULES = 200_000;

    /** OPNsense, before each group of rules of one priority. */
    private static final Pattern SECTION = Pattern.compile("\\[prio: ([0-9]{1,8})]");

    /** pfSense, before the rules of the owner: a comment and an anchor. */
    private static final String OWNERS_COMMENT = "User-defined rules follow";

    private static final String OWNERS_ANCHOR = "userrules/*";

    /** What can stand behind {@code anchor} where it has no name. */
    private static final Set<String> ANCHOR_KEYWORDS =
            Set.of("in", "out", "quick", "on", "log", "inet", "inet6", "proto", "all", "from", "to");

    private final Macros macros = new Macros();
    private final Tags tags = new Tags();
    private final List<RuleSyntax> rules = new ArrayList<>();
    private final List<RuleSyntax.InterfaceName> skipped = new ArrayList<>();
    private final Map<String, TableSyntax> tables = new HashMap<>();
    private final Set<String> loadedAnchors = new HashSet<>();
    private final List<String> assumptions = new ArrayList<>();
    private int ownersRules = -1;
    private int section = -1;
    private int count;
    private boolean answering;

    Ruleset parse(List<SourceText> texts) throws ReadingException {
        for (SourceText text : texts) {
            Cursor cursor = new Cursor(text, macros);
            RuleParser parser = new RuleParser(cursor, tags);
            lines(cursor, parser, rules, 0);
            if (cursor.peek().kind() != Token.Kind.END) {
                throw cursor.error("a } without a {");
            }
        }
        return new Ruleset(rules, ownersRules, skipped, tables, loadedAnchors, assumptions, tags);
    }

    private void lines(Cursor cursor, RuleParser parser, List<RuleSyntax> into, int depth) throws ReadingException {
        if (depth > Cursor.DEEPEST_NESTING) {
            throw cursor.error("anchors nest deeper than " + Cursor.DEEPEST_NESTING);
        }
        while (cursor.peek().kind() != Token.Kind.END && !cursor.at("}")) {
            if (cursor.peek().kind() == Token.Kind.NEWLINE) {
                remark(cursor.next().text(), depth);
            } else {
                line(cursor, parser, into, depth);
            }
        }
    }

    /** A comment on a line of its own. */
    private void remark(String comment, int depth) {
        Matcher matcher = SECTION.matcher(comment);
        if (matcher.matches()) {
            section = Integer.parseInt(matcher.group(1));
        } else if (comment.equals(OWNERS_COMMENT)) {
            ownersBegin(depth);
        }
    }

    private void ownersBegin(int depth) {
        if (ownersRules < 0 && depth == 0) {
            ownersRules = rules.size();
        }
    }

    private void line(Cursor cursor, RuleParser parser, List<RuleSyntax> into, int depth) throws ReadingException {
        Token first = cursor.peek();
        if (printed(cursor)) {
            return;
        }
        Token word = cursor.peek();
        if (word.kind() != Token.Kind.WORD) {
            throw cursor.error("expected a rule and not " + word.written());
        }
        if (cursor.peek(1).is("=")) {
            macro(cursor);
            return;
        }
        switch (word.text()) {
            case "set" -> set(cursor);
            case "table" -> table(cursor);
            case "scrub", "altq", "queue" -> cursor.skipLine();
            case "antispoof" -> new AntispoofParser(cursor, section).read(first, into);
            case "include", "ether" -> {
                cursor.skipLine();
                into.add(unclear(cursor, first));
            }
            case "load" -> load(cursor);
            case "no" -> {
                if (cursor.peek(1).is("scrub")) {
                    cursor.skipLine();
                } else {
                    into.add(rule(cursor, parser, first, depth));
                }
            }
            default -> into.add(rule(cursor, parser, first, depth));
        }
        if (++count > MOST_RULES) {
            throw cursor.error(first, "more than " + MOST_RULES + " rules");
        }
        if (!cursor.peek().endsLine() && !cursor.at("}")) {
            throw cursor.error(cursor.peek().written() + " was not expected here");
        }
    }

    /** What pfctl prints around rules: headings, numbers ({@code @12}) and counters. True where that was the line. */
    private static boolean printed(Cursor cursor) throws ReadingException {
        Token token = cursor.peek();
        boolean heading = (token.is("TRANSLATION") || token.is("FILTER"))
                && cursor.peek(1).is("RULES:");
        if (heading || (token.kind() == Token.Kind.WORD && token.text().startsWith("["))) {
            cursor.skipLine();
            return true;
        }
        if (token.kind() == Token.Kind.WORD && token.text().startsWith("@")) {
            cursor.next();
            if (cursor.accept("(")) {
                cursor.skipTo(")");
            }
        }
        return false;
    }

    private void macro(Cursor cursor) throws ReadingException {
        String name = cursor.next().text();
        cursor.expect("=");
        StringBuilder value = new StringBuilder();
        while (!cursor.peek().endsLine()) {
            value.append(value.isEmpty() ? "" : " ").append(cursor.next().text());
        }
        macros.define(name, value.toString());
    }

    private void set(Cursor cursor) throws ReadingException {
        cursor.next();
        Token option = cursor.peek();
        if (option.is("skip")) {
            cursor.next();
            cursor.expect("on");
            skip(cursor);
            return;
        }
        if (option.is("block-policy")) {
            answering = cursor.peek(1).is("return");
        }
        cursor.skipLine();
    }

    private void skip(Cursor cursor) throws ReadingException {
        Draft names = new Draft(RuleSyntax.Verb.PASS);
        new RuleParser(cursor, tags).interfaces(names.interfaces);
        skipped.addAll(names.interfaces);
    }

    private void table(Cursor cursor) throws ReadingException {
        cursor.next();
        cursor.expect("<");
        String name = cursor.text("the name of a table");
        cursor.expect(">");
        boolean persistent = false;
        boolean fromFile = false;
        List<Host.Entry> entries = new ArrayList<>();
        while (!cursor.peek().endsLine()) {
            if (cursor.at("{")) {
                entries.addAll(new HostParser(cursor).hosts());
            } else if (cursor.accept("file")) {
                cursor.text("a file");
                fromFile = true;
            } else {
                persistent |= cursor.text("an option of a table").equals("persist");
            }
        }
        TableSyntax before = tables.getOrDefault(name, new TableSyntax(false, false, List.of()));
        if (!before.entries().isEmpty()) {
            entries.addAll(before.entries());
        }
        tables.put(name, new TableSyntax(persistent || before.persistent(), fromFile || before.fromFile(), entries));
    }

    private void load(Cursor cursor) throws ReadingException {
        cursor.next();
        cursor.expect("anchor");
        loadedAnchors.add(cursor.text("the name of an anchor"));
        cursor.expect("from");
        cursor.text("a file");
    }

    private RuleSyntax rule(Cursor cursor, RuleParser parser, Token first, int depth) throws ReadingException {
        boolean no = cursor.accept("no");
        Token word = cursor.next();
        Draft draft = new Draft(verb(cursor, word));
        draft.no = no;
        draft.answered = draft.verb == RuleSyntax.Verb.BLOCK && answering;
        boolean isAnchor = isAnchor(draft.verb);
        if (isAnchor
                && cursor.peek().isText()
                && !ANCHOR_KEYWORDS.contains(cursor.peek().written())) {
            draft.anchor = cursor.next().text();
        } else if (isTranslation(draft.verb)) {
            draft.pass = cursor.accept("pass");
        }
        parser.read(draft);
        int end = cursor.consumedEnd();
        if (isAnchor && cursor.accept("{")) {
            List<RuleSyntax> inner = new ArrayList<>();
            lines(cursor, parser, inner, depth + 1);
            cursor.expect("}");
            draft.inner = Optional.of(List.copyOf(inner));
        } else if (draft.anchor.equals(OWNERS_ANCHOR)) {
            ownersBegin(depth);
        }
        Token ending = cursor.peek();
        String comment = ending.endsLine() ? ending.text() : "";
        int shown = draft.inner.isPresent() || !ending.endsLine() ? end : ending.start();
        String remark = comment.isEmpty() && !draft.labels.isEmpty() ? draft.labels.getFirst() : comment;
        return draft.finish(
                comment, section, new Source(cursor.place(first), cursor.source(first.start(), shown), remark));
    }

    private static boolean isTranslation(RuleSyntax.Verb verb) {
        return switch (verb) {
            case NAT, BINAT, RDR -> true;
            case PASS, BLOCK, MATCH, ANCHOR, NAT_ANCHOR, BINAT_ANCHOR, RDR_ANCHOR, UNCLEAR -> false;
        };
    }

    private static boolean isAnchor(RuleSyntax.Verb verb) {
        return switch (verb) {
            case ANCHOR, NAT_ANCHOR, BINAT_ANCHOR, RDR_ANCHOR -> true;
            case PASS, BLOCK, MATCH, NAT, BINAT, RDR, UNCLEAR -> false;
        };
    }

    private static RuleSyntax.Verb verb(Cursor cursor, Token word) throws ReadingException {
        return switch (word.text()) {
            case "pass" -> RuleSyntax.Verb.PASS;
            case "block" -> RuleSyntax.Verb.BLOCK;
            case "match" -> RuleSyntax.Verb.MATCH;
            case "nat" -> RuleSyntax.Verb.NAT;
            case "binat" -> RuleSyntax.Verb.BINAT;
            case "rdr" -> RuleSyntax.Verb.RDR;
            case "anchor" -> RuleSyntax.Verb.ANCHOR;
            case "nat-anchor" -> RuleSyntax.Verb.NAT_ANCHOR;
            case "binat-anchor" -> RuleSyntax.Verb.BINAT_ANCHOR;
            case "rdr-anchor" -> RuleSyntax.Verb.RDR_ANCHOR;
            default -> throw cursor.error(word, word.written() + " begins no line of pf");
        };
    }

    private RuleSyntax unclear(Cursor cursor, Token first) throws ReadingException {
        Token ending = cursor.peek();
        Draft draft = new Draft(RuleSyntax.Verb.UNCLEAR);
        return draft.finish(
                ending.text(),
                section,
                new Source(cursor.place(first), cursor.source(first.start(), ending.start()), ending.text()));
    }
}
