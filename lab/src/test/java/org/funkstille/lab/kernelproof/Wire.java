package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.funkstille.kernel.NetlinkSocket;

/**
 * Sends a device's packets and sees which come out at the internet and which reach the router itself.
 *
 * <p>Nothing is waited for by the clock. All is sent from one processor, whose queue of received packets is first in,
 * first out, and a marker frame on a cable of its own goes into the same queue: when it arrives, all that was sent
 * before has gone one hop; when a second one arrives, two; there are no more than two.
 */
final class Wire implements AutoCloseable {

    private static final int ETHERNET = 14;
    private static final int HOPS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FLUSH_CONNECTIONS = 1 << 8 | 2; // NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_DELETE
    private static final int BATCH = 128;

    private final PacketSocket device;
    private final PacketSocket internet;
    private final PacketSocket markerIn;
    private final PacketSocket markerOut;
    private final InputLog input;
    private final NetlinkSocket connections;
    private int marker;

    private Wire(
            PacketSocket device,
            PacketSocket internet,
            PacketSocket markerIn,
            PacketSocket markerOut,
            InputLog input,
            NetlinkSocket connections) {
        this.device = device;
        this.internet = internet;
        this.markerIn = markerIn;
        this.markerOut = markerOut;
        this.input = input;
        this.connections = connections;
    }

    /** The thread that calls this stays on one processor from now on, and only it may send. */
    static Wire open(Rig rig) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(8, 8);
            first.set(ValueLayout.JAVA_LONG, 0, 1);
            new Native(arena).stayOn(first);
        }
        return new Wire(
                rig.device().call(() -> PacketSocket.sender("dev0")),
                rig.outside().call(() -> PacketSocket.listener("net0")),
                rig.device().call(() -> PacketSocket.sender("mark0")),
                rig.outside().call(() -> PacketSocket.listener("mark1")),
                rig.router().call(InputLog::open),
                rig.router().call(() -> NetlinkSocket.open(NetlinkSocket.NETFILTER, 1 << 16)));
    }

    /**
     * Where samples were seen, by their numbers.
     *
     * @param outside came out at the internet
     * @param router passed all input chains
     */
    record Seen(BitSet outside, BitSet router) {}

    /** Sends all samples, each a flow of its own, and tells what became of them when the last is through. */
    Seen send(List<Sample> samples) throws IOException {
        connections.request(FLUSH_CONNECTIONS, 0, new byte[4], (type, flags, octets, offset, length) -> {});
        Map<Integer, Sample> byNumber = new TreeMap<>();
        samples.forEach(sample -> byNumber.put(sample.number(), sample));
        Seen seen = new Seen(new BitSet(), new BitSet());
        for (int from = 0; from < samples.size(); from += BATCH) {
            List<byte[]> frames = samples.subList(from, Math.min(samples.size(), from + BATCH)).stream()
                    .map(Sample::frame)
                    .toList();
            device.send(frames);
            awaitAllThrough();
            internet.receive(
                    frame -> note(ByteBuffer.wrap(frame, ETHERNET, frame.length - ETHERNET), byNumber, seen.outside));
            input.receive(packet -> note(ByteBuffer.wrap(packet), byNumber, seen.router));
        }
        if (internet.drops() > 0) {
            throw new IOException("captured packets were lost");
        }
        return seen;
    }

    private void awaitAllThrough() throws IOException {
        for (int hop = 0; hop < HOPS; hop++) {
            marker++;
            byte[] frame = ByteBuffer.allocate(60)
                    .putLong(0x0202000000010202L)
                    .putInt(0x00000002)
                    .putShort((short) 0x88b5) // for experiments, IEEE 802
                    .putInt(marker)
                    .array();
            markerIn.send(List.of(frame));
            long end = System.nanoTime() + PATIENCE.toNanos();
            List<byte[]> arrived = new ArrayList<>();
            while (arrived.stream().noneMatch(one -> ByteBuffer.wrap(one).getInt(ETHERNET) == marker)) {
                arrived.clear();
                markerOut.receive(arrived::add);
                if (System.nanoTime() > end) {
                    throw new IOException("a marker frame was lost");
                }
            }
        }
    }

    private static void note(ByteBuffer packet, Map<Integer, Sample> samples, BitSet seen) {
        Arrived.read(packet.slice())
                .filter(arrived -> {
                    Sample sample = samples.get(arrived.number());
                    return sample != null && arrived.isOf(sample);
                })
                .ifPresent(arrived -> seen.set(arrived.number()));
    }

    @Override
    public void close() throws IOException {
        device.close();
        internet.close();
        markerIn.close();
        markerOut.close();
        input.close();
        connections.close();
    }
}
