package org.funkstille.core.net;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Random;

/** Addresses as the numbers that they are: the other way to reckon, which the tests compare with. */
final class Numbers {

    private Numbers() {}

    static BigInteger of(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    static InetAddress address(BigInteger number, int octets) {
        byte[] bytes = number.toByteArray();
        byte[] result = new byte[octets];
        for (int index = 0; index < octets && index < bytes.length; index++) {
            result[octets - 1 - index] = bytes[bytes.length - 1 - index];
        }
        return Addresses.of(result);
    }

    /** Half of them near the ends and with long runs of zeros or ones, where mistakes live. */
    static InetAddress random(Random random, int octets) {
        byte[] bytes = new byte[octets];
        for (int index = 0; index < octets; index++) {
            bytes[index] = switch (random.nextInt(4)) {
                case 0, 1 -> 0;
                case 2 -> (byte) 0xff;
                default -> (byte) random.nextInt(256);
            };
        }
        InetAddress address = Addresses.of(bytes);
        return address.getAddress().length == octets ? address : random(random, octets);
    }

    static int octets(Random random) {
        return random.nextBoolean() ? 4 : 16;
    }
}
