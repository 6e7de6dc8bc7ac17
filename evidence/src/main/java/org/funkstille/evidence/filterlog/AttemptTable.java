package org.funkstille.evidence.filterlog;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/**
 * Counts by source and destination endpoint, in numbers without objects: entries one after the other, and an index of
 * them by hash, which stays in the processor's cache.
 */
final class AttemptTable {

    /** Both addresses, family with protocol and port, count. */
    private static final int WIDTH = 6;

    private static final int KIND = 4;
    private static final int COUNT = 5;
    private static final int FIRST_PLACES = 1024;
    private static final int FREE = -1;
    private static final long IPV6 = 1L << 32;

    private final int mostEntries;

    /** Twice as many places as entries, or more: where an entry begins, or {@link #FREE}. */
    private int[] places = free(FIRST_PLACES);

    private long[] numbers = new long[FIRST_PLACES / 2 * WIDTH];

    /** Where the next entry begins. */
    private int end;

    private long uncounted;

    /** @param mostEntries pairs of source and destination; what is beyond is only counted */
    AttemptTable(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    void add(FilterLogLine line) {
        AddressText source = line.sourceText();
        AddressText destination = line.destinationText();
        long kind = (source.isIpv6() ? IPV6 : 0) | (long) line.protocol() << 16 | line.destinationPort();
        int place = find(source.high(), source.low(), destination.high(), destination.low(), kind);
        int at = places[place];
        if (at != FREE) {
            numbers[at + COUNT]++;
        } else if (end == mostEntries * WIDTH) {
            uncounted++;
        } else {
            places[place] = end;
            numbers[end] = source.high();
            numbers[end + 1] = source.low();
            numbers[end + 2] = destination.high();
            numbers[end + 3] = destination.low();
            numbers[end + KIND] = kind;
            numbers[end + COUNT] = 1;
            end += WIDTH;
            if (end == numbers.length) {
                grow();
            }
        }
    }

    /** The entry's place in the index, or the free one where it would stand. */
    private int find(long sourceHigh, long sourceLow, long high, long low, long kind) {
        int mask = places.length - 1;
        int place = hash(sourceHigh, sourceLow, high, low, kind) & mask;
        while (true) {
            int at = places[place];
            if (at == FREE
                    || (numbers[at + 3] == low
                            && numbers[at + 1] == sourceLow
                            && numbers[at + KIND] == kind
                            && numbers[at + 2] == high
                            && numbers[at] == sourceHigh)) {
                return place;
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
        numbers = Arrays.copyOf(numbers, numbers.length * 2);
        places = free(places.length * 2);
        for (int at = 0; at < end; at += WIDTH) {
            places[find(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3], numbers[at + KIND])] = at;
        }
    }

    private static int[] free(int length) {
        int[] places = new int[length];
        Arrays.fill(places, FREE);
        return places;
    }

    /** Packets of pairs that found no room. */
    long uncounted() {
        return uncounted;
    }

    List<FilterLogSummary.Refusals> list() {
        List<FilterLogSummary.Refusals> list = new ArrayList<>(end / WIDTH);
        for (int at = 0; at < end; at += WIDTH) {
            long kind = numbers[at + KIND];
            boolean ipv6 = (kind & IPV6) != 0;
            InetAddress source = AddressText.address(ipv6, numbers[at], numbers[at + 1]);
            InetAddress destination = AddressText.address(ipv6, numbers[at + 2], numbers[at + 3]);
            Protocol protocol = new Protocol((int) (kind >>> 16) & 0xff);
            list.add(new FilterLogSummary.Refusals(
                    source, new Endpoint(destination, protocol, (int) kind & 0xffff), numbers[at + COUNT]));
        }
        return list;
    }
}
