package org.funkstille.proof.smt;

import java.util.Locale;

/** A part of the text. */
final class Lines {

    private final int most;
    private final StringBuilder text = new StringBuilder();

    Lines(int most) {
        this.most = most;
    }

    void line(String line) throws TooLarge {
        if (text.length() + (long) line.length() >= most) {
            throw new TooLarge("the text for solvers would have more than " + most + " characters");
        }
        text.append(line).append('\n');
    }

    /** The words may come from anywhere; they end neither the comment nor the line. */
    void comment(String words) throws TooLarge {
        StringBuilder comment = new StringBuilder("; ");
        words.chars().forEach(letter -> {
            if (letter >= ' ' && letter <= '~') {
                comment.append((char) letter);
            } else {
                comment.append(String.format(Locale.ROOT, "\\u%04x", letter));
            }
        });
        line(comment.toString());
    }

    /**
     * A constant that equals the term. {@code define-fun} would say the same; but solvers write definitions out before
     * they begin, and flatten what is nested, which for a chain of n rules takes them n² steps (Z3 4.14 with 5000 rules:
     * more than 20 s, so 0.6 s).
     */
    void define(String name, String sort, String term) throws TooLarge {
        line("(declare-const " + name + " " + sort + ") (assert (= " + name + " " + term + "))");
    }

    void append(Lines other) throws TooLarge {
        if (!other.text.isEmpty()) {
            line(other.text.substring(0, other.text.length() - 1));
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
