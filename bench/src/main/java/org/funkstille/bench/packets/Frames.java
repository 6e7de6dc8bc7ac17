package org.funkstille.bench.packets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.model.Device;
import org.funkstille.core.net.Mac;

/** Ethernet frames with UDP over IPv4 in them, as devices send that phone home. */
public final class Frames {

    private static final int IPV4 = 0x0800;
    private static final int UDP = 17;
    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int CONTENT = 32;
    private static final int PORT = 8053;

    private Frames() {}

    /** Each device calls each of a number of servers in 198.18.0.0/15, which is there for benchmarks (RFC 2544). */
    public static List<byte[]> phoningHome(List<Device> devices, Mac router, int servers) {
        List<byte[]> frames = new ArrayList<>();
        for (int server = 0; server < servers; server++) {
            byte[] address = {(byte) 198, 18, (byte) (server >> 8), (byte) server};
            for (Device device : devices) {
                frames.add(frame(device, router, address));
            }
        }
        return frames;
    }

    private static byte[] frame(Device device, Mac router, byte[] destination) {
        ByteBuffer frame = ByteBuffer.allocate(14 + IP_HEADER + UDP_HEADER + CONTENT);
        mac(frame, router);
        mac(frame, device.macs().getFirst());
        frame.putShort((short) IPV4);
        int ip = frame.position();
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (IP_HEADER + UDP_HEADER + CONTENT));
        frame.putInt(0).put((byte) 64).put((byte) UDP).putShort((short) 0);
        frame.put(device.address().orElseThrow().getAddress()).put(destination);
        frame.putShort(ip + 10, checksum(frame, ip));
        frame.putShort((short) 40_000).putShort((short) PORT).putShort((short) (UDP_HEADER + CONTENT));
        return frame.array();
    }

    private static void mac(ByteBuffer frame, Mac mac) {
        frame.putShort((short) (mac.bits() >> 32)).putInt((int) mac.bits());
    }

    /** RFC 791. */
    private static short checksum(ByteBuffer frame, int header) {
        int sum = 0;
        for (int i = 0; i < IP_HEADER; i += 2) {
            sum += frame.getShort(header + i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }
}
