package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.funkstille.kernel.NetlinkSocket;

/**
 * The packets that passed all input chains, as a last chain logs them (linux/netfilter/nfnetlink_log.h): each at once,
 * whole.
 */
final class InputLog implements AutoCloseable {

    static final int GROUP = 77;

    private static final int SUBSYSTEM = 4 << 8; // NFNL_SUBSYS_ULOG
    private static final int CONFIG = SUBSYSTEM | 1;
    private static final byte BIND = 1;
    private static final byte COPY_PACKET = 2;
    private static final short PAYLOAD = 9; // NFULA_PAYLOAD
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int FAMILY_HEADER = 4; // struct nfgenmsg

    private final NetlinkSocket socket;

    private InputLog(NetlinkSocket socket) {
        this.socket = socket;
    }

    static InputLog open() throws IOException {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETFILTER, 16 << 20);
        ByteBuffer body = ByteBuffer.allocate(32);
        body.put((byte) 0).put((byte) 0).putShort((short) GROUP);
        attribute(body, 1, 1).put(BIND).put(new byte[3]);
        attribute(body, 2, 6).putInt(2048).put(COPY_PACKET).put(new byte[1]);
        attribute(body, 5, 4).putInt(1); // NFULA_CFG_QTHRESH: none waits for another
        socket.request(CONFIG, 0, body.array(), (type, flags, octets, offset, length) -> {});
        return new InputLog(socket);
    }

    /** In network order from here on; netlink's own lengths are in the machine's. */
    private static ByteBuffer attribute(ByteBuffer body, int type, int length) {
        // An attribute begins at a multiple of four.
        body.position((body.position() + 3) & ~3);
        body.order(ByteOrder.nativeOrder())
                .putShort((short) (length + ATTRIBUTE_HEADER))
                .putShort((short) type);
        return body.order(ByteOrder.BIG_ENDIAN);
    }

    /** Hands on all packets that are there, from the IP header on, without waiting. */
    void receive(Consumer<byte[]> packets) throws IOException {
        while (true) {
            switch (socket.receive(0, (type, flags, octets, offset, length) -> {
                if (type == SUBSYSTEM) {
                    payload(octets, offset + FAMILY_HEADER, offset + length, packets);
                }
            })) {
                case MESSAGES -> {}
                case NOTHING -> {
                    return;
                }
                case OVERRUN, CLOSED -> throw new IOException("logged packets were lost");
            }
        }
    }

    private static void payload(ByteBuffer octets, int from, int end, Consumer<byte[]> packets) {
        int at = from;
        while (at + ATTRIBUTE_HEADER <= end) {
            ByteBuffer header = octets.duplicate().order(ByteOrder.nativeOrder());
            int length = header.getShort(at);
            if ((header.getShort(at + 2) & 0x3fff) == PAYLOAD) {
                byte[] packet = new byte[length - ATTRIBUTE_HEADER];
                octets.get(at + ATTRIBUTE_HEADER, packet);
                packets.accept(packet);
                return;
            }
            at += (length + 3) & ~3;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
