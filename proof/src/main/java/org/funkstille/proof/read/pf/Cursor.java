package org.funkstille.proof.read.pf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;

/** Goes through the tokens of a text, looking a few of them ahead. */
final class Cursor {

    /** Braces within braces. */
    static final int DEEPEST_NESTING = 64;

    /** Entries of all lists together; pf by itself holds 200,000 in tables. */
    private static final int MOST_ENTRIES = 2_000_000;

    private final Lexer lexer;
    private final Deque<Token> ahead = new ArrayDeque<>();
    private int entries;
    private Token consumed = new Token(Token.Kind.NEWLINE, "", 1, 1, 0, 0);

    Cursor(SourceText source, Macros macros) {
        this.lexer = new Lexer(source, macros);
    }

    Token peek() throws ReadingException {
        return peek(0);
    }

    Token peek(int distance) throws ReadingException {
        while (ahead.size() <= distance) {
            ahead.add(lexer.next());
        }
        Iterator<Token> tokens = ahead.iterator();
        for (int index = 0; index < distance; index++) {
            tokens.next();
        }
        return tokens.next();
    }

    Token next() throws ReadingException {
        Token token = peek();
        ahead.remove();
        consumed = token;
        return token;
    }

    boolean at(String expected) throws ReadingException {
        return peek().is(expected);
    }

    /** Goes on behind the keyword or symbol where it is next. */
    boolean accept(String expected) throws ReadingException {
        boolean found = at(expected);
        if (found) {
            next();
        }
        return found;
    }

    Token expect(String expected) throws ReadingException {
        if (!at(expected)) {
            throw error("expected " + expected + " and not " + peek().written());
        }
        return next();
    }

    /** A word or something in quotes. */
    String text(String what) throws ReadingException {
        if (!peek().isText()) {
            throw error("expected " + what + " and not " + peek().written());
        }
        return next().text();
    }

    void skipNewlines() throws ReadingException {
        while (peek().kind() == Token.Kind.NEWLINE) {
            next();
        }
    }

    /** Between the entries of a list. */
    void skipSeparators() throws ReadingException {
        if (++entries > MOST_ENTRIES) {
            throw error("more than " + MOST_ENTRIES + " entries in lists");
        }
        while (peek().kind() == Token.Kind.NEWLINE || at(",")) {
            next();
        }
    }

    /** Goes over everything up to the bracket that closes the one just read. Returns it as written. */
    String skipTo(String closing) throws ReadingException {
        String opening = closing.equals(")") ? "(" : "{";
        StringBuilder text = new StringBuilder();
        int depth = 1;
        while (true) {
            Token token = peek();
            if (token.kind() == Token.Kind.END) {
                throw error("the " + opening + " is not closed");
            }
            next();
            depth += token.is(opening) ? 1 : token.is(closing) ? -1 : 0;
            if (depth == 0) {
                return text.toString();
            }
            if (!token.endsLine()) {
                text.append(text.isEmpty() ? "" : " ").append(token.written());
            }
        }
    }

    /** The rest of the line, over lines where braces are open. */
    void skipLine() throws ReadingException {
        while (!peek().endsLine()) {
            if (next().is("{")) {
                skipTo("}");
            }
        }
    }

    /** Where the last token read ends. */
    int consumedEnd() {
        return consumed.end();
    }

    String source(int from, int to) {
        return lexer.text(from, to);
    }

    String place(Token token) {
        return lexer.name() + ":" + token.line();
    }

    ReadingException error(String problem) throws ReadingException {
        return lexer.error(peek(), problem);
    }

    /** Of the last token read. */
    ReadingException errorBefore(String problem) {
        return lexer.error(consumed, problem);
    }

    ReadingException error(Token at, String problem) {
        return lexer.error(at, problem);
    }
}
