package org.funkstille.lab.facade.pf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.funkstille.kernel.NetlinkSocket;
import org.funkstille.lab.network.Host;

/** Listens to what the rules of {@link NftRuleset} log (linux/netfilter/nfnetlink_log.h). */
final class PacketLog implements AutoCloseable {

    private static final int PACKET = 4 << 8;
    private static final int CONFIG = 4 << 8 | 1;
    private static final int BUFFER = 1 << 20;
    private static final int IN_INTERFACE = 4;
    private static final int OUT_INTERFACE = 5;
    private static final int PAYLOAD = 9;
    private static final int PREFIX = 10;

    private final NetlinkSocket socket;
    private final Listener listener;

    /** Takes logged packets, one after the other. */
    interface Listener {

        /**
         * @param interfaceIndex of the interface where it came in, or where it leaves if it only leaves
         * @param packet from its IP header on, perhaps cut off
         */
        void logged(int serial, PfRule.Direction direction, int interfaceIndex, byte[] packet);
    }

    private PacketLog(NetlinkSocket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
    }

    /** When this returns, nothing that is logged is missed. */
    static PacketLog open(Host router, Listener listener) throws IOException, InterruptedException {
        NetlinkSocket socket = router.inside(() -> NetlinkSocket.open(NetlinkSocket.NETFILTER, BUFFER));
        PacketLog log = new PacketLog(socket, listener);
        socket.request(CONFIG, 0, configuration(), log::message);
        Thread.ofPlatform().daemon().name("filter log").start(log::listen);
        return log;
    }

    /** Binds to the group, asks for whole packets, and not to wait for others before one is sent. */
    private static byte[] configuration() {
        ByteBuffer body = ByteBuffer.allocate(36);
        body.put((byte) 0).put((byte) 0).putShort((short) NftRuleset.LOG_GROUP);
        attribute(body, 1, 1).put((byte) 1).put(new byte[3]);
        attribute(body, 2, 6).putInt(0xffff).put((byte) 2).put(new byte[3]);
        attribute(body, 5, 4).putInt(1);
        return body.array();
    }

    private static ByteBuffer attribute(ByteBuffer body, int type, int length) {
        body.order(ByteOrder.nativeOrder()).putShort((short) (length + 4)).putShort((short) type);
        return body.order(ByteOrder.BIG_ENDIAN);
    }

    private void listen() {
        try {
            while (socket.receive(-1, this::message) != NetlinkSocket.Received.CLOSED) {
                // each message has been handed on
            }
        } catch (IOException gone) {
            // the router's namespace is being taken down
        }
    }

    private void message(int type, int flags, ByteBuffer octets, int offset, int length) {
        if (type != PACKET) {
            return;
        }
        String prefix = "";
        int in = 0;
        int out = 0;
        byte[] packet = {};
        for (int at = offset + 4; at + 4 <= offset + length; ) {
            int size = host(octets, at);
            if (size < 4) {
                return;
            }
            switch (host(octets, at + 2) & 0x7fff) {
                case IN_INTERFACE -> in = octets.getInt(at + 4);
                case OUT_INTERFACE -> out = octets.getInt(at + 4);
                case PAYLOAD -> packet = bytes(octets, at + 4, size - 4);
                case PREFIX -> prefix = new String(bytes(octets, at + 4, size - 5), StandardCharsets.US_ASCII);
                default -> {}
            }
            at += size + 3 & ~3;
        }
        String[] words = prefix.split(" ", 2);
        if (words.length == 2) {
            PfRule.Direction direction = PfRule.Direction.valueOf(words[1]);
            listener.logged(Integer.parseInt(words[0]), direction, direction == PfRule.Direction.IN ? in : out, packet);
        }
    }

    private static int host(ByteBuffer octets, int at) {
        short value = octets.getShort(at);
        boolean big = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        return (big ? value : Short.reverseBytes(value)) & 0xffff;
    }

    private static byte[] bytes(ByteBuffer octets, int at, int length) {
        byte[] result = new byte[length];
        octets.get(at, result);
        return result;
    }

    @Override
    public void close() {
        socket.close();
    }
}
