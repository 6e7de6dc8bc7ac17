package org.funkstille.proof.read.pf;

/**
 * The smallest piece of a rule set.
 *
 * @param text of a newline: the comment before it, without its hash mark
 * @param line of the text, from 1; of a piece of a macro: where the macro is used
 * @param start where it begins in the text, in characters
 * @param end where it ends
 */
record Token(Kind kind, String text, int line, int column, int start, int end) {

    enum Kind {
        WORD,
        QUOTED,
        SYMBOL,
        NEWLINE,
        END
    }

    /** True where it is this keyword or symbol; what stands in quotes is neither. */
    boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(expected);
    }

    boolean endsLine() {
        return kind == Kind.NEWLINE || kind == Kind.END;
    }

    boolean isText() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** As it would be written. */
    String written() {
        return switch (kind) {
            case QUOTED -> '"' + text + '"';
            case NEWLINE, END -> "the end of the line";
            case WORD, SYMBOL -> text;
        };
    }
}
