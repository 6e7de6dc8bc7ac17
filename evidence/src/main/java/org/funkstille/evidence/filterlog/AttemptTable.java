package org.funkstille.evidence.filterlog;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/** Counts by source and destination endpoint in one array of numbers, without objects. */
final class AttemptTable {

    /** Both addresses, protocol with port and family, count; and room, so that a place lies in one cache line. */
    private static final int WIDTH = 8;

    private static final int KIND = 4;
    private static final int COUNT = 5;
    private static final int FIRST_PLACES = 1024;
    private static final long IPV6 = 1L << 32;

    private final int mostEntries;
    private long[] numbers = new long[FIRST_PLACES * WIDTH];
    private int mask = FIRST_PLACES - 1;
    private int entries;
    private long uncounted;

    /** @param mostEntries pairs of source and destination; what is beyond is only counted */
    AttemptTable(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    void add(FilterLogLine line) {
        AddressText source = line.sourceText();
        AddressText destination = line.destinationText();
        long kind = (source.isIpv6() ? IPV6 : 0) | (long) line.protocol() << 16 | line.destinationPort();
        int at = find(source.high(), source.low(), destination.high(), destination.low(), kind);
        if (numbers[at + COUNT] == 0) {
            if (entries == mostEntries) {
                uncounted++;
                return;
            }
            numbers[at] = source.high();
            numbers[at + 1] = source.low();
            numbers[at + 2] = destination.high();
            numbers[at + 3] = destination.low();
            numbers[at + KIND] = kind;
            entries++;
        }
        numbers[at + COUNT]++;
        if (entries > mask / 2) {
            grow();
        }
    }

    /** The entry's place, or the free one where it would stand. */
    private int find(long sourceHigh, long sourceLow, long high, long low, long kind) {
        int place = hash(sourceHigh, sourceLow, high, low, kind) & mask;
        while (true) {
            int at = place * WIDTH;
            if (numbers[at + COUNT] == 0
                    || (numbers[at + 3] == low
                            && numbers[at + 1] == sourceLow
                            && numbers[at + KIND] == kind
                            && numbers[at + 2] == high
                            && numbers[at] == sourceHigh)) {
                return at;
            }
            place = (place + 1) & mask;
        }
    }

    private static int hash(long sourceHigh, long sourceLow, long high, long low, long kind) {
        long hash = (sourceHigh ^ Long.rotateLeft(sourceLow, 21)) * 0x9e37_79b9_7f4a_7c15L;
        hash = (hash ^ hash >>> 32 ^ high ^ Long.rotateLeft(low, 13)) * 0xbf58_476d_1ce4_e5b9L;
        hash = (hash ^ hash >>> 29 ^ kind) * 0x94d0_49bb_1331_11ebL; // constants of SplitMix64
        return (int) (hash ^ hash >>> 32);
    }

    private void grow() {
        long[] old = numbers;
        mask = (mask + 1) * 2 - 1;
        numbers = new long[(mask + 1) * WIDTH];
        for (int at = 0; at < old.length; at += WIDTH) {
            if (old[at + COUNT] > 0) {
                int to = find(old[at], old[at + 1], old[at + 2], old[at + 3], old[at + KIND]);
                System.arraycopy(old, at, numbers, to, WIDTH);
            }
        }
    }

    /** Packets of pairs that found no room. */
    long uncounted() {
        return uncounted;
    }

    List<FilterLogSummary.Refusals> list() {
        List<FilterLogSummary.Refusals> list = new ArrayList<>(entries);
        for (int at = 0; at < numbers.length; at += WIDTH) {
            if (numbers[at + COUNT] > 0) {
                long kind = numbers[at + KIND];
                boolean ipv6 = (kind & IPV6) != 0;
                InetAddress source = AddressText.address(ipv6, numbers[at], numbers[at + 1]);
                InetAddress destination = AddressText.address(ipv6, numbers[at + 2], numbers[at + 3]);
                Protocol protocol = new Protocol((int) (kind >>> 16) & 0xff);
                list.add(new FilterLogSummary.Refusals(
                        source, new Endpoint(destination, protocol, (int) kind & 0xffff), numbers[at + COUNT]));
            }
        }
        return list;
    }
}
