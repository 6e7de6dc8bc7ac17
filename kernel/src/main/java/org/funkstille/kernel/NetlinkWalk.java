package org.funkstille.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.funkstille.kernel.NetlinkSocket.MessageHandler;

/** Cuts datagrams into netlink messages (linux/netlink.h) and takes out the answers to requests. */
final class NetlinkWalk {

    static final int HEADER = 16;

    private static final int TYPE = 4;
    private static final int FLAGS = 6;
    private static final int SEQUENCE = 8;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_MIN_TYPE = 16;

    private int awaited;
    private int refused;
    private long damaged;

    /** @param sequence of the request whose answer is waited for */
    void await(int sequence) {
        awaited = sequence;
    }

    boolean isAnswered() {
        return awaited == 0;
    }

    /** Messages that did not come whole, or lie about their length. */
    long damaged() {
        return damaged;
    }

    void countDamaged() {
        damaged++;
    }

    /** The errno of a refused request, each once; 0 where there is none. */
    int takeRefused() {
        int errno = refused;
        refused = 0;
        return errno;
    }

    void over(ByteBuffer octets, int length, MessageHandler handler) {
        int at = 0;
        while (length - at >= HEADER) {
            int size = hostInt(octets, at);
            if (size < HEADER || size > length - at) {
                damaged++;
                return;
            }
            int type = hostShort(octets, at + TYPE);
            if (type >= NLMSG_MIN_TYPE) {
                handler.message(type, hostShort(octets, at + FLAGS), octets, at + HEADER, size - HEADER);
            } else if (type == NLMSG_ERROR && size >= HEADER + 4) {
                answer(hostInt(octets, at + SEQUENCE), -hostInt(octets, at + HEADER));
            }
            at += Math.min((size + 3) & ~3, length - at);
        }
    }

    private void answer(int sequence, int errno) {
        if (errno != 0) {
            refused = errno;
        }
        if (sequence == awaited) {
            awaited = 0;
        }
    }

    private static int hostInt(ByteBuffer octets, int at) {
        int value = octets.getInt(at);
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private static int hostShort(ByteBuffer octets, int at) {
        short value = octets.getShort(at);
        return (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value)) & 0xffff;
    }
}
