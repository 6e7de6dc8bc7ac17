package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) within bounds: a rule set comes from a router, and may come from anybody. */
final class JsonText {

    /** In characters: some hundred times the largest rule set that a home has. */
    private static final int LONGEST = 64 << 20;

    /** nft prints no more than about twenty levels; each may take a frame of the stack. */
    private static final int DEEPEST = 128;

    /** A value takes some 50 bytes of memory. */
    private static final int MOST = 6_000_000;

    /** Names of members occur again and again. */
    private final Map<String, String> names = new HashMap<>();

    private final String text;
    private int at;
    private int depth;
    private int count;

    private JsonText(String text) {
        this.text = text;
    }

    /** @throws Malformed where it is no JSON, or more than is bearable */
    static Json read(String text) {
        if (text.length() > LONGEST) {
            throw new Malformed(LONGEST, "the text is longer than " + LONGEST + " characters");
        }
        JsonText reader = new JsonText(text);
        reader.skipSpace();
        Json value = reader.value();
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw new Malformed(reader.at, "something stands behind the end of the JSON");
        }
        return value;
    }

    private Json value() {
        if (++count > MOST) {
            throw new Malformed(at, "more than " + MOST + " values");
        }
        int start = at;
        return switch (peek()) {
            case '{' -> object(start);
            case '[' -> array(start);
            case '"' -> new Json.Text(start, quoted());
            case 't' -> word("true", new Json.Bool(start, true));
            case 'f' -> word("false", new Json.Bool(start, false));
            case 'n' -> word("null", new Json.Null(start));
            default -> number(start);
        };
    }

    private Json object(int start) {
        enter();
        List<String> members = new ArrayList<>(2);
        List<Json> values = new ArrayList<>(2);
        if (!ends('}')) {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw new Malformed(at, "a member's name is expected");
                }
                String name = quoted();
                members.add(names.computeIfAbsent(name, one -> one));
                skipSpace();
                expect(':');
                skipSpace();
                values.add(value());
            } while (more('}'));
        }
        depth--;
        return new Json.Obj(start, members, values);
    }

    private Json array(int start) {
        enter();
        List<Json> items = new ArrayList<>(2);
        if (!ends(']')) {
            do {
                skipSpace();
                items.add(value());
            } while (more(']'));
        }
        depth--;
        return new Json.Arr(start, items);
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw new Malformed(at, "nested deeper than " + DEEPEST + " levels");
        }
        at++;
    }

    private boolean ends(char end) {
        skipSpace();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean more(char end) {
        skipSpace();
        if (peek() == ',') {
            at++;
            return true;
        }
        expect(end);
        return false;
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw new Malformed(at, "not a value");
        }
        at += word.length();
        return value;
    }

    private Json number(int start) {
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == start) {
            throw new Malformed(at, "not a value");
        }
        return new Json.Num(start, text.substring(start, at));
    }

    private String quoted() {
        int start = ++at;
        while (peek() != '"' && text.charAt(at) != '\\') {
            at++;
        }
        if (text.charAt(at) == '"') {
            return text.substring(start, at++);
        }
        StringBuilder unescaped = new StringBuilder(text.substring(start, at));
        while (peek() != '"') {
            char letter = text.charAt(at++);
            unescaped.append(letter == '\\' ? escaped() : letter);
        }
        at++;
        return unescaped.toString();
    }

    private char escaped() {
        char letter = peek();
        at++;
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int end = at + 4;
                if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]{4}")) {
                    throw new Malformed(at, "four hexadecimal digits are expected");
                }
                char code = (char) Integer.parseInt(text, at, end, 16);
                at = end;
                yield code;
            }
            default -> throw new Malformed(at - 1, "no such escape");
        };
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new Malformed(at, "'" + wanted + "' is expected");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new Malformed(text.length(), "the text is cut off");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
