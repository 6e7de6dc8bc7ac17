package org.funkstille.evidence;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceSource;

/**
 * Reads the capture that {@code tcpdump -i nflog:N -U -w -} writes: the classic pcap form (pcap-savefile(5)) with link
 * type 239 (LINKTYPE_NFLOG, tcpdump.org/linktypes). Attribute lengths are in the byte order of the capturing machine,
 * which the file's first word shows. tcpdump asks for no packet numbers and tells drops only at its end on standard
 * error, so losses are not seen here.
 */
public final class NflogPcapReader {

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int LINKTYPE_NFLOG = 239;
    private static final int LINKTYPE_MASK = 0xffff;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int LONGEST_RECORD = 256 * 1024;

    private final PacketReading reading;
    private final Outlet outlet;
    private final InstantSource clock;

    /**
     * @param source {@link EvidenceSource#REFUSALS} or {@link EvidenceSource#NAMES}
     * @throws IllegalArgumentException for another source
     */
    public NflogPcapReader(EvidenceSource source, Consumer<? super EvidenceEvent> consumer, InstantSource clock) {
        reading = switch (source) {
            case REFUSALS -> PacketReading.REFUSAL;
            case NAMES -> PacketReading.DNS_ANSWER;
            case FLOWS, NEIGHBOURS, RULES -> throw new IllegalArgumentException("not from packets: " + source);
        };
        outlet = new Outlet(source, consumer);
        this.clock = clock;
    }

    public EvidenceCounts counts() {
        return outlet.counts();
    }

    /** Reads until the stream ends; the last event is {@link EvidenceEvent.Ended}. */
    public void read(InputStream stream) {
        outlet.ended(clock.instant(), readToEnd(new DataInputStream(new BufferedInputStream(stream, 64 * 1024))));
    }

    private String readToEnd(DataInputStream stream) {
        try {
            ByteBuffer file = ByteBuffer.wrap(stream.readNBytes(FILE_HEADER));
            if (file.capacity() < FILE_HEADER) {
                return "the capture ended before it began";
            }
            Optional<ByteOrder> order = order(file);
            if (order.isEmpty()) {
                return "this is no capture of the pcap form";
            }
            file.order(order.get());
            if ((file.getInt(20) & LINKTYPE_MASK) != LINKTYPE_NFLOG) {
                return "the capture has link type " + (file.getInt(20) & LINKTYPE_MASK) + ", not " + LINKTYPE_NFLOG;
            }
            return records(stream, order.get(), file.getInt(0) == NANOSECONDS ? 1 : 1_000);
        } catch (EOFException end) {
            return "the capture ended";
        } catch (IOException failure) {
            return "the capture broke off: " + failure.getMessage();
        }
    }

    private static Optional<ByteOrder> order(ByteBuffer file) {
        int magic = file.getInt(0);
        if (magic == MICROSECONDS || magic == NANOSECONDS) {
            return Optional.of(ByteOrder.BIG_ENDIAN);
        }
        int reversed = Integer.reverseBytes(magic);
        return reversed == MICROSECONDS || reversed == NANOSECONDS
                ? Optional.of(ByteOrder.LITTLE_ENDIAN)
                : Optional.empty();
    }

    private String records(DataInputStream stream, ByteOrder order, int nanosInUnit) throws IOException {
        byte[] headerOctets = new byte[RECORD_HEADER];
        ByteBuffer header = ByteBuffer.wrap(headerOctets).order(order);
        while (true) {
            stream.readFully(headerOctets);
            long seconds = Integer.toUnsignedLong(header.getInt(0));
            long fraction = Integer.toUnsignedLong(header.getInt(4));
            int length = header.getInt(8);
            if (length < 0 || length > LONGEST_RECORD) {
                return "the capture is damaged: a record of " + Integer.toUnsignedLong(length) + " octets";
            }
            byte[] octets = new byte[length];
            stream.readFully(octets);
            outlet.accept(decode(octets, order, Instant.ofEpochSecond(seconds, fraction * nanosInUnit)));
        }
    }

    private Decoded decode(byte[] octets, ByteOrder order, Instant captured) {
        return LoggedPacket.decode(Octets.of(octets), order, captured)
                .map(reading::read)
                .orElse(Decoded.MALFORMED);
    }
}
