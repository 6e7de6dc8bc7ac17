package org.funkstille.bench.evidence;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.Lost;
import org.funkstille.core.evidence.EvidenceEvent.Refused;
import org.funkstille.evidence.KernelEvidence;
import org.funkstille.evidence.Listening;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Floods a rule that logs and drops, in two network namespaces that it makes and removes, and measures the listener:
 * packets that the rule dropped, events that arrived, losses that were told, and events for each second of processor
 * time. Needs root.
 *
 * <p>Arguments: packets to send (default 500,000); packets a second (default 0: as fast as possible).
 */
public final class NflogBench {

    private static final String NAME = "fk-bench-" + ProcessHandle.current().pid();
    private static final String ROUTER = NAME + "r";
    private static final String SENDER = NAME + "s";
    private static final int BURST = 500;

    private static final String RULES = """
            table inet bench {
                counter refused { }
                chain input {
                    type filter hook input priority 0; policy accept;
                    udp dport 9 counter name refused log group 5 drop
                }
            }
            """;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    private NflogBench() {}

    public static void main(String[] arguments) throws Exception {
        long packets = arguments.length > 0 ? Long.parseLong(arguments[0]) : 500_000;
        long rate = arguments.length > 1 ? Long.parseLong(arguments[1]) : 0;
        try {
            build();
            new NflogBench().measure(packets, rate);
        } finally {
            Command.of("ip", "netns", "del", SENDER).run();
            Command.of("ip", "netns", "del", ROUTER).run();
        }
    }

    private void measure(long packets, long rate) throws Exception {
        try (KernelEvidence evidence = KernelEvidence.open(
                NetworkNamespace.named(ROUTER), Listening.toNothing().withRefusals(5), this::count)) {
            if (!evidence.failures().isEmpty()) {
                throw new IOException(evidence.failures().toString());
            }
            flood(packets / 10, rate); // until the code is compiled
            settle(refused());
            long before = received.get();
            long lostBefore = lost.get();
            long refusedBefore = refused();
            long processor = processorNanos();
            long began = System.nanoTime();
            flood(packets, rate);
            long sent = System.nanoTime() - began;
            settle(refused());
            long used = processorNanos() - processor;
            long events = received.get() - before;
            long dropped = refused() - refusedBefore;
            long missing = lost.get() - lostBefore;
            print("packets dropped by the rule", dropped);
            print("packets a second", dropped * TimeUnit.SECONDS.toNanos(1) / sent);
            print("events received", events);
            print("events lost, as told", missing);
            print("unaccounted for", dropped - events - missing);
            print("listener, milliseconds of processor time", TimeUnit.NANOSECONDS.toMillis(used));
            print("events for each second of processor time", events * TimeUnit.SECONDS.toNanos(1) / Math.max(1, used));
        }
    }

    private void count(EvidenceEvent event) {
        switch (event) {
            case Refused _ -> received.incrementAndGet();
            case Lost some -> lost.addAndGet(some.events());
            default -> System.err.println(event);
        }
    }

    /** A packet more, so that losses at the end show; then waits until the numbers agree, or give up. */
    private void settle(long refused) throws Exception {
        long expected = refused;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long nudge = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (received.get() + lost.get() < expected && System.nanoTime() < end) {
            if (System.nanoTime() > nudge) {
                flood(1, 0);
                expected = refused();
                nudge = end;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void flood(long packets, long rate) throws Exception {
        NetworkNamespace.named(SENDER).call(() -> {
            ByteBuffer content = ByteBuffer.allocateDirect(32);
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.connect(new InetSocketAddress("10.77.0.1", 9));
                long began = System.nanoTime();
                for (long sent = 0; sent < packets; sent++) {
                    channel.write(content.rewind());
                    if (rate > 0 && sent % BURST == 0) {
                        long due = began + sent * TimeUnit.SECONDS.toNanos(1) / rate;
                        TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                    }
                }
            }
            return true;
        });
    }

    private static long processorNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith("evidence "))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private static long refused() throws Exception {
        String listing =
                run(List.of("ip", "netns", "exec", ROUTER, "nft", "list", "counter", "inet", "bench", "refused"));
        return Long.parseLong(listing.replaceAll("(?s).*packets ([0-9]+).*", "$1"));
    }

    private static void build() throws Exception {
        run("ip netns add " + ROUTER);
        run("ip netns add " + SENDER);
        run("ip -n " + ROUTER + " link add v0 type veth peer name v0 netns " + SENDER);
        run("ip -n " + ROUTER + " addr add 10.77.0.1/24 dev v0");
        run("ip -n " + SENDER + " addr add 10.77.0.2/24 dev v0");
        run("ip -n " + ROUTER + " link set v0 up");
        run("ip -n " + SENDER + " link set v0 up");
        Command.Result rules = Command.of("ip", "netns", "exec", ROUTER, "nft", "-f", "-")
                .withInput(RULES)
                .run();
        if (!rules.ok()) {
            throw new IOException(rules.err());
        }
    }

    private static void run(String line) throws Exception {
        run(List.of(line.split(" ")));
    }

    private static String run(List<String> argv) throws Exception {
        Command.Result result = Command.of(argv).run();
        if (!result.ok()) {
            throw new IOException(String.join(" ", argv) + ": " + result.err());
        }
        return result.out();
    }

    private static void print(String what, long number) {
        System.out.printf(Locale.ROOT, "%-42s %,12d%n", what, number);
    }
}
