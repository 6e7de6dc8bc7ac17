package org.funkstille.proof.read.pf;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** TCP flags as letters: FIN, SYN, RST, PUSH, ACK, URG, ECE, CWR. */
final class TcpFlags {

    private static final String LETTERS = "FSRPAUEW";

    private TcpFlags() {}

    /**
     * All octets in which exactly these flags are set, out of a mask. Nothing where a letter is none of them.
     *
     * @param mask empty: out of all
     */
    static Optional<ValueSet> set(String flags, String mask) {
        int wanted = bits(flags);
        int asked = mask.isEmpty() ? 0xff : bits(mask);
        if (wanted < 0 || asked < 0) {
            return Optional.empty();
        }
        List<Range> octets = LongStream.range(0, 256)
                .filter(octet -> (octet & asked) == wanted)
                .mapToObj(octet -> Range.of(octet, octet))
                .toList();
        return Optional.of(ValueSet.ofAll(Field.TCP_FLAGS.bits(), octets));
    }

    private static int bits(String letters) {
        int bits = 0;
        for (int index = 0; index < letters.length(); index++) {
            int bit = LETTERS.indexOf(letters.charAt(index));
            if (bit < 0) {
                return -1;
            }
            bits |= 1 << bit;
        }
        return bits;
    }
}
