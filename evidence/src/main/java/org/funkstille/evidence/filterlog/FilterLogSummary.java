package org.funkstille.evidence.filterlog;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;

/**
 * Counts what our rules refused, by source and destination, over a saved log: lines as a router keeps or sends them,
 * each ended by a line feed. Makes no garbage while it reads. For one thread.
 */
public final class FilterLogSummary {

    /** Pairs of source and destination; some 60 octets each. */
    private static final int MOST_PAIRS = 400_000;

    /** Small enough to stay in the processor's cache. */
    private static final int ROOM = 64 * 1024;

    /** Most packets first, then by address and port. */
    private static final Comparator<Refusals> MOST_FIRST = Comparator.comparingLong(Refusals::packets)
            .reversed()
            .thenComparing(Refusals::source, Addresses.ORDER)
            .thenComparing(refusals -> refusals.destination().address(), Addresses.ORDER)
            .thenComparingInt(refusals -> refusals.destination().protocol().number())
            .thenComparingInt(refusals -> refusals.destination().port());

    private final RuleIndex rules;
    private final LineReading reading = new LineReading();
    private final Tally tally = new Tally();
    private final AttemptTable table = new AttemptTable(MOST_PAIRS);

    /**
     * Refused packets from one address to one destination.
     *
     * @param packets at least 1
     */
    public record Refusals(InetAddress source, Endpoint destination, long packets) {}

    /** @param rules ours, by id, as {@link OurRules#byId} has them */
    public FilterLogSummary(Map<String, Meaning> rules) {
        this.rules = RuleIndex.of(rules);
    }

    /** Reads to the stream's end. A last line without line feed is cut, and not believed. */
    public void read(InputStream stream) throws IOException {
        byte[] room = new byte[ROOM];
        int kept = 0;
        boolean skipping = false;
        for (int octets = stream.read(room); octets >= 0; octets = stream.read(room, kept, ROOM - kept)) {
            int end = kept + octets;
            int from = 0;
            if (skipping) {
                from = OctetSearch.find(room, 0, end, (byte) '\n');
                skipping = from == end;
            }
            int done = from + add(room, from, end);
            kept = end - done;
            if (kept > SyslogFrames.LONGEST_LINE) {
                tally.add(Outcome.TOO_LONG);
                skipping = true;
                kept = 0;
            }
            System.arraycopy(room, done, room, 0, kept);
        }
        if (kept > 0) {
            tally.add(Outcome.MALFORMED);
        }
    }

    /**
     * Reads the whole lines of a piece of memory.
     *
     * @return octets of whole lines; what follows them has no line feed
     */
    public int add(byte[] octets, int from, int to) {
        int at = from;
        for (int end = OctetSearch.find(octets, at, to, (byte) '\n');
                end < to;
                end = OctetSearch.find(octets, at, to, (byte) '\n')) {
            line(octets, at, SyslogFrames.trimmed(octets, at, end));
            at = end + 1;
        }
        return at - from;
    }

    private void line(byte[] octets, int from, int to) {
        if (from == to) {
            return;
        }
        if (to - from > SyslogFrames.LONGEST_LINE) {
            tally.add(Outcome.TOO_LONG);
            return;
        }
        Outcome outcome = reading.read(octets, from, to, rules);
        tally.add(outcome);
        if (outcome == Outcome.REFUSED) {
            table.add(reading.line());
        }
    }

    public FilterLogCounts counts() {
        return tally.counts();
    }

    /** What our rules refused, most packets first. */
    public List<Refusals> refusals() {
        return table.list().stream().sorted(MOST_FIRST).toList();
    }

    /** Refused packets that {@link #refusals} does not show, because there were too many different destinations. */
    public long unlisted() {
        return table.uncounted();
    }
}
