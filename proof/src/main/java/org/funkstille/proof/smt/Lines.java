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

    void define(String name, String sort, String term) throws TooLarge {
        line("(define-fun " + name + " () " + sort + " " + term + ")");
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
