package org.funkstille.routers.fritzbox.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/** What to send to a service so that it answers. */
final class Doors {

    private static final int DOMAIN = 53;
    private static final int NTP = 123;

    private Doors() {}

    static byte[] knock(Way way, int port, Endpoint target, int sequence) {
        if (target.protocol().equals(Protocol.TCP)) {
            return Frames.tcp(way, port, target.address(), target.port(), sequence, Frames.SYN);
        }
        if (target.protocol().equals(Protocol.UDP)) {
            return Frames.udp(way, port, target.address(), target.port(), question(target.port(), port));
        }
        ByteBuffer numberAndData = ByteBuffer.allocate(8)
                .putShort((short) port)
                .putShort((short) 1)
                .rewind();
        return Frames.echo(way, target.address(), false, numberAndData);
    }

    private static byte[] question(int service, int number) {
        return switch (service) {
            // RFC 1035, 4.1: who serves the root?
            case DOMAIN ->
                ByteBuffer.allocate(17)
                        .putShort((short) number)
                        .putShort((short) 0x0100)
                        .putShort((short) 1)
                        .putInt(0)
                        .putShort((short) 0)
                        .put((byte) 0)
                        .putShort((short) 2)
                        .putShort((short) 1)
                        .array();
            // RFC 5905, 7.3: a client of version 4.
            case NTP -> ByteBuffer.allocate(48).put((byte) 0x23).array();
            default -> "funkstille probe".getBytes(StandardCharsets.US_ASCII);
        };
    }
}
