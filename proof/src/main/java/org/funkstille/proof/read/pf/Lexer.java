package org.funkstille.proof.read.pf;

import java.util.ArrayDeque;
import java.util.Deque;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;

/**
 * Cuts a text into tokens. As in pfctl, a macro's text takes the place of its use character by character, so
 * {@code $wan:network} is one word; a backslash at the end of a line joins the next one to it, in comments too; and
 * what stands in quotes may go over lines.
 */
final class Lexer {

    /** Macros within macros; more is one that refers to itself. */
    private static final int DEEPEST_MACROS = 32;

    /** Characters that all uses of macros in a text may come to. */
    private static final int LONGEST_EXPANSION = 1 << 22;

    private static final int NOTHING = -1;

    private final String name;
    private final String text;
    private final Macros macros;
    private final Deque<Expansion> expansions = new ArrayDeque<>();
    private int position;
    private int line = 1;
    private int lineStart;
    private int expanded;
    private boolean ended;
    private int startLine = 1;
    private int startColumn = 1;
    private int start;

    Lexer(SourceText source, Macros macros) {
        this.name = source.name();
        this.text = source.text();
        this.macros = macros;
    }

    /** The text of a macro, as far as it is not yet used up. */
    private static final class Expansion {
        final String text;
        final int depth;
        int position;

        Expansion(String text, int depth) {
            this.text = text;
            this.depth = depth;
        }
    }

    Token next() throws ReadingException {
        String comment = "";
        while (true) {
            int character = peek();
            if (expansions.isEmpty()) {
                startHere();
            }
            switch (character) {
                case ' ', '\t', '\r', '\f', '\u00a0', '\ufeff' -> read();
                case '#' -> comment = comment();
                case '$' -> expand();
                case NOTHING -> {
                    boolean first = !ended;
                    ended = true;
                    return token(first ? Token.Kind.NEWLINE : Token.Kind.END, comment);
                }
                case '\n' -> {
                    Token newline = token(Token.Kind.NEWLINE, comment);
                    read();
                    return newline;
                }
                case '"', '\'' -> {
                    return quoted((char) read());
                }
                default -> {
                    return symbolOrWord();
                }
            }
        }
    }

    ReadingException error(Token at, String problem) {
        return new ReadingException(name + ":" + at.line() + ":" + at.column(), problem);
    }

    String name() {
        return name;
    }

    /** What stands there in the text itself, macros as written. */
    String text(int from, int to) {
        return text.substring(from, Math.clamp(to, from, text.length())).strip();
    }

    private void startHere() {
        startLine = line;
        startColumn = position - lineStart + 1;
        start = position;
    }

    private Token token(Token.Kind kind, String content) {
        return new Token(kind, content, startLine, startColumn, start, position);
    }

    private int peek() {
        while (!expansions.isEmpty()) {
            Expansion top = expansions.peek();
            if (top.position < top.text.length()) {
                return top.text.charAt(top.position);
            }
            expansions.pop();
        }
        int continued = continuation();
        while (continued > 0) {
            position += continued;
            line++;
            lineStart = position;
            continued = continuation();
        }
        return position < text.length() ? text.charAt(position) : NOTHING;
    }

    /** The length of a backslash with the end of the line behind it, here; else 0. */
    private int continuation() {
        return text.startsWith("\\\n", position) ? 2 : text.startsWith("\\\r\n", position) ? 3 : 0;
    }

    private int read() {
        int character = peek();
        if (!expansions.isEmpty()) {
            expansions.element().position++;
        } else if (character != NOTHING) {
            position++;
            if (character == '\n') {
                line++;
                lineStart = position;
            }
        }
        return character;
    }

    private String comment() {
        read();
        StringBuilder comment = new StringBuilder();
        for (int character = peek(); character != '\n' && character != NOTHING; character = peek()) {
            comment.append((char) read());
        }
        return comment.toString().strip();
    }

    private void expand() throws ReadingException {
        Token use = token(Token.Kind.SYMBOL, "$");
        int depth = expansions.isEmpty() ? 0 : expansions.element().depth;
        read();
        StringBuilder macro = new StringBuilder();
        for (int character = peek(); isNamePart(character); character = peek()) {
            macro.append((char) read());
        }
        String value = macros.value(macro.toString());
        if (value == null) {
            throw error(use, "the macro $" + macro + " is not defined");
        }
        expanded += value.length() + 1;
        if (expanded > LONGEST_EXPANSION) {
            throw error(use, "the macros come to more than " + LONGEST_EXPANSION + " characters");
        }
        if (depth >= DEEPEST_MACROS) {
            throw error(use, "the macro $" + macro + " refers to itself, or macros nest too deep");
        }
        expansions.push(new Expansion(value, depth + 1));
    }

    private Token quoted(char quote) throws ReadingException {
        StringBuilder content = new StringBuilder();
        while (true) {
            int character = read();
            if (character == quote) {
                return token(Token.Kind.QUOTED, content.toString());
            }
            if (character == NOTHING) {
                throw error(token(Token.Kind.QUOTED, ""), "the quotation does not end");
            }
            if (character == '\\' && isEscaped(peek(), quote)) {
                content.append((char) read());
            } else if (character != '\n') {
                content.append((char) character);
            }
        }
    }

    private static boolean isEscaped(int character, char quote) {
        return character == quote || character == ' ' || character == '\t';
    }

    private Token symbolOrWord() {
        char first = (char) read();
        String two = switch (first) {
            case '-' -> ">";
            case '!', '>' -> first == '!' ? "=" : "=<";
            case '<' -> "=>";
            default -> "";
        };
        int second = peek();
        if (second != NOTHING && two.indexOf(second) >= 0) {
            return token(Token.Kind.SYMBOL, "" + first + (char) read());
        }
        if (!isWordPart(first)) {
            return token(Token.Kind.SYMBOL, String.valueOf(first));
        }
        StringBuilder word = new StringBuilder().append(first);
        for (int character = second; isWordPart(character); character = peek()) {
            word.append((char) read());
        }
        return token(Token.Kind.WORD, word.toString());
    }

    private static boolean isNamePart(int character) {
        return character == '_' || (character != NOTHING && character < 128 && Character.isLetterOrDigit(character));
    }

    private static boolean isWordPart(int character) {
        return character != NOTHING && !Character.isWhitespace(character) && "(){}<>!=/#,\"'".indexOf(character) < 0;
    }
}
