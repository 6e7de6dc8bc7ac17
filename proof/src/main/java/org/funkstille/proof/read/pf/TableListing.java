package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;

/**
 * Reads what {@code pfctl -t NAME -T show} prints, each table under a line {@code table <NAME>}; with {@code -v},
 * there are counters under each entry.
 */
final class TableListing {

    /** OPNsense allows a million entries, pfSense fewer. */
    private static final int MOST_ENTRIES = 2_000_000;

    private final Map<String, List<Host.Entry>> tables = new HashMap<>();
    private int count;

    Map<String, List<Host.Entry>> read(List<SourceText> texts) throws ReadingException {
        for (SourceText text : texts) {
            read(text);
        }
        return tables;
    }

    private void read(SourceText source) throws ReadingException {
        String text = source.text();
        List<Host.Entry> entries = null;
        int line = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String content = text.substring(start, end).strip();
            start = end + 1;
            line++;
            if (content.startsWith("table <")) {
                int closing = content.indexOf('>');
                if (closing < 0) {
                    throw new ReadingException(place(source, line), "the name of the table does not end");
                }
                entries = tables.computeIfAbsent(content.substring(7, closing), _ -> new ArrayList<>());
            } else if (!content.isEmpty() && !content.startsWith("#") && !isCounter(content)) {
                Optional<Host.Entry> entry = entry(content);
                if (entry.isEmpty()) {
                    throw new ReadingException(
                            place(source, line), "no address, and no line table <name>: " + shown(content));
                }
                if (entries == null) {
                    throw new ReadingException(place(source, line), "an address before the first line table <name>");
                }
                entries.add(entry.get());
                if (++count > MOST_ENTRIES) {
                    throw new ReadingException(place(source, line), "more than " + MOST_ENTRIES + " entries");
                }
            }
        }
    }

    private static Optional<Host.Entry> entry(String content) {
        boolean negated = content.startsWith("!");
        String address = negated ? content.substring(1).strip() : content;
        int slash = address.indexOf('/');
        Optional<Net> net = slash < 0
                ? Net.address(address)
                : Net.prefix(address.substring(0, slash), address.substring(slash + 1));
        return net.map(found -> new Host.Entry(negated, new Host.Addresses(found)));
    }

    /** {@code Cleared: …}, {@code In/Block: [ Packets: 0 Bytes: 0 ]}. */
    private static boolean isCounter(String content) {
        return content.startsWith("Cleared:") || content.startsWith("In/") || content.startsWith("Out/");
    }

    private static String shown(String content) {
        return content.length() > 60 ? content.substring(0, 60) + "…" : content;
    }

    private static String place(SourceText source, int line) {
        return source.name() + ":" + line + ":1";
    }
}
