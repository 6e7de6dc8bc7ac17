package org.funkstille.proof.sets;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An unsigned number of 128 bits: wide enough for every field of a packet. IPv4 addresses take the low 32 bits; which
 * family is meant is a field of its own.
 */
public record Value(long high, long low) implements Comparable<Value> {

    public static final Value ZERO = new Value(0, 0);

    public static Value of(long low) {
        return new Value(0, low);
    }

    public static Value of(InetAddress address) {
        byte[] octets = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return octets.length == 4 ? of(buffer.getInt() & 0xffffffffL) : new Value(buffer.getLong(), buffer.getLong());
    }

    /** The largest number of this many bits, 0 to 128. */
    public static Value largest(int bits) {
        if (bits < 0 || bits > 128) {
            throw new IllegalArgumentException("a value has 0 to 128 bits, not " + bits);
        }
        long low = bits >= 64 ? -1L : (1L << bits) - 1;
        long high = bits == 128 ? -1L : bits > 64 ? (1L << (bits - 64)) - 1 : 0;
        return new Value(high, low);
    }

    /** The next number; after the largest of 128 bits comes zero. */
    public Value next() {
        return new Value(low == -1L ? high + 1 : high, low + 1);
    }

    /** The number before; before zero comes the largest of 128 bits. */
    public Value previous() {
        return new Value(low == 0 ? high - 1 : high, low - 1);
    }

    public BigInteger toBigInteger() {
        byte[] octets = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return new BigInteger(1, octets);
    }

    @Override
    public int compareTo(Value other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Said here, because what Java makes of a record is slow until it is compiled well. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Value value && high == value.high && low == value.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high) * 31 + Long.hashCode(low);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
