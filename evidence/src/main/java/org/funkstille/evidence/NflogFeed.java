package org.funkstille.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.kernel.NetlinkError;
import org.funkstille.kernel.NetlinkSocket;
import org.funkstille.kernel.NetlinkSocket.MessageHandler;

/** The packets of one {@code log group} (linux/netfilter/nfnetlink_log.h). */
final class NflogFeed implements KernelFeed {

    private static final int SUBSYSTEM = 4 << 8; // NFNL_SUBSYS_ULOG
    private static final int PACKET = SUBSYSTEM;
    private static final int CONFIG = SUBSYSTEM | 1;
    private static final byte BIND = 1;
    private static final byte COPY_PACKET = 2;
    private static final short NUMBERED = 1; // NFULNL_CFG_F_SEQ

    /** Room for one datagram of packets: with the kernel's own bookkeeping just under 32 KiB. */
    private static final int DATAGRAM_OCTETS = 32_000;

    private static final int PACKETS_IN_DATAGRAM = 64;

    /** Hundredths of a second that a packet waits for others. */
    private static final int PATIENCE = 5;

    /** Lists group and port number of every NFLOG listener of the reader's namespace. */
    private static final Path HOLDERS = Path.of("/proc/thread-self/net/netfilter/nfnetlink_log");

    private final EvidenceSource source;
    private final int group;
    private final int copied;
    private final PacketReading reading;
    private final SequenceGaps gaps = new SequenceGaps();

    /** @param copied octets of every packet that the kernel copies to us */
    NflogFeed(EvidenceSource source, int group, int copied, PacketReading reading) {
        this.source = source;
        this.group = group;
        this.copied = copied;
        this.reading = reading;
    }

    @Override
    public EvidenceSource source() {
        return source;
    }

    @Override
    public int protocol() {
        return NetlinkSocket.NETFILTER;
    }

    @Override
    public LossCount losses() {
        return gaps;
    }

    @Override
    public void subscribe(NetlinkSocket socket, MessageHandler handler) throws IOException {
        try {
            socket.request(CONFIG, 0, configuration(), handler);
        } catch (NetlinkError refused) {
            // the kernel says EPERM where another socket holds the group, EBUSY where the same one does
            boolean perhapsTaken = refused.errno() == NetlinkError.EPERM || refused.errno() == NetlinkError.EBUSY;
            Optional<String> holder = perhapsTaken ? holder() : Optional.empty();
            if (holder.isPresent()) {
                throw new NflogGroupTaken(group, holder.get(), refused);
            }
            throw refused;
        }
    }

    /** All in one message, so that the first packet has its number already. */
    private byte[] configuration() {
        ByteBuffer body = ByteBuffer.allocate(64);
        body.put((byte) 0).put((byte) 0).putShort((short) group);
        attribute(body, 1, 1).put(BIND).put(new byte[3]);
        attribute(body, 2, 6).putInt(copied).put(COPY_PACKET).put(new byte[3]);
        attribute(body, 3, 4).putInt(DATAGRAM_OCTETS);
        attribute(body, 4, 4).putInt(PATIENCE);
        attribute(body, 5, 4).putInt(PACKETS_IN_DATAGRAM);
        attribute(body, 6, 2).putShort(NUMBERED).putShort((short) 0);
        byte[] whole = new byte[body.position()];
        body.flip().get(whole);
        return whole;
    }

    private static ByteBuffer attribute(ByteBuffer body, int type, int length) {
        body.order(HOST).putShort((short) (length + 4)).putShort((short) type);
        return body.order(ByteOrder.BIG_ENDIAN);
    }

    private Optional<String> holder() throws IOException {
        try (Stream<String> lines = Files.lines(HOLDERS)) {
            return lines.map(line -> line.strip().split(" +"))
                    .filter(fields -> fields.length > 1 && fields[0].equals(Integer.toString(group)))
                    .map(fields -> fields[1])
                    .findFirst();
        } catch (NoSuchFileException | AccessDeniedException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public void message(int type, Octets body, Instant now, Outlet outlet) {
        if (type != PACKET) {
            return;
        }
        Optional<LoggedPacket> packet = LoggedPacket.decode(body, HOST, now);
        if (packet.isEmpty()) {
            outlet.accept(Decoded.MALFORMED);
            return;
        }
        if (packet.get().sequence() != LoggedPacket.UNNUMBERED) {
            gaps.numbered(packet.get().sequence());
        }
        outlet.accept(reading.read(packet.get()));
    }

    @Override
    public void batchEnded(Instant now, Outlet outlet) {
        // packets are handed on one by one
    }
}
