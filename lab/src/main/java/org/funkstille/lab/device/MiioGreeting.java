package org.funkstille.lab.device;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.funkstille.lab.network.UdpServer;

/**
 * The miIO greeting (as documented by the OpenMiHome project): 32 octets that anyone may send, and 32 that tell the
 * device's number and clock. The lab's devices understand no command behind it, for nobody has their token.
 */
final class MiioGreeting {

    static final int PORT = 54_321;
    static final int GATEWAY = 45_832_013;
    static final int VACUUM = 415_891_557;

    private static final int LENGTH = 32;
    private static final int HEAD = 0x21310020;
    private static final long START = System.nanoTime();

    private MiioGreeting() {}

    /** @param device its number, as at the end of its DHCP host name */
    static UdpServer.Service of(int device) {
        return (client, served, datagram) -> isGreeting(datagram) ? Optional.of(packet(device)) : Optional.empty();
    }

    private static boolean isGreeting(ByteBuffer datagram) {
        return datagram.remaining() == LENGTH && datagram.getInt(0) == HEAD;
    }

    /** A packet of 32 octets: the answer, and what devices send to their cloud to keep the way open. */
    static ByteBuffer packet(int device) {
        int uptime = (int) ((System.nanoTime() - START) / 1_000_000_000);
        byte[] token = new byte[16];
        Arrays.fill(token, (byte) 0xff); // hidden, once a device has an owner
        return ByteBuffer.allocate(LENGTH)
                .putInt(HEAD)
                .putInt(0)
                .putInt(device)
                .putInt(uptime)
                .put(token)
                .flip();
    }
}
