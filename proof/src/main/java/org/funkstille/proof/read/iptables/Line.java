package org.funkstille.proof.read.iptables;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;

/**
 * One line of a text.
 *
 * @param number of the line, from 1
 */
record Line(String file, int number, String text) {

    /** Longer than any line that the kernel's limits allow: a comment has 255 characters, a rule some dozen matches. */
    static final int LONGEST = 1 << 16;

    String place() {
        return file + ":" + number;
    }

    /** @param column from 1 */
    ReadingException error(int column, String problem) {
        return new ReadingException(place() + ":" + column, problem);
    }

    /** The start of the line, for messages. */
    String excerpt() {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** The lines one at a time: a text may be large. */
    static Iterable<Line> of(SourceText source) {
        return () -> new Lines(source.name(), source.text());
    }

    private static final class Lines implements Iterator<Line> {

        private final String file;
        private final String text;
        private int from;
        private int number;

        Lines(String file, String text) {
            this.file = file;
            this.text = text;
            this.from = text.startsWith("\uFEFF") ? 1 : 0;
        }

        @Override
        public boolean hasNext() {
            return from < text.length();
        }

        @Override
        public Line next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int end = text.indexOf('\n', from);
            int stop = end < 0 ? text.length() : end;
            String line = text.substring(from, stop > from && text.charAt(stop - 1) == '\r' ? stop - 1 : stop);
            from = stop + 1;
            number++;
            return new Line(file, number, line);
        }
    }
}
