package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.read.ReadingException;

/**
 * @param column where it begins, from 1
 * @param quoted true where some of it stood in quotes: it is never an option then
 */
record Word(String text, int column, boolean quoted) {

    boolean is(String plain) {
        return !quoted && text.equals(plain);
    }

    boolean isOption() {
        return !quoted && text.length() > 1 && text.charAt(0) == '-' && !Character.isDigit(text.charAt(1));
    }

    /** The words of a line: blanks divide them, quotes hold them together, a backslash in quotes keeps what follows. */
    static List<Word> of(Line line) throws ReadingException {
        String text = line.text();
        if (text.length() > Line.LONGEST) {
            throw line.error(1, "the line has " + text.length() + " characters: no rule is as long");
        }
        List<Word> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean quoted = false;
        int begin = -1;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (quote != 0 && character == '\\' && at + 1 < text.length()) {
                at++;
                word.append(text.charAt(at));
            } else if (quote != 0 && character == quote) {
                quote = 0;
            } else if (quote != 0) {
                word.append(character);
            } else if (character == ' ' || character == '\t') {
                if (begin >= 0) {
                    words.add(new Word(word.toString(), begin + 1, quoted));
                }
                word.setLength(0);
                begin = -1;
                quoted = false;
            } else {
                begin = begin < 0 ? at : begin;
                if (character == '"' || character == '\'') {
                    quote = character;
                    quoted = true;
                } else {
                    word.append(character);
                }
            }
        }
        if (quote != 0) {
            throw line.error(begin + 1, "the quote is not closed");
        }
        if (begin >= 0) {
            words.add(new Word(word.toString(), begin + 1, quoted));
        }
        return words;
    }
}
