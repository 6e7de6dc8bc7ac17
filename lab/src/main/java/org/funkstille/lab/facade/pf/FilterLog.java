package org.funkstille.lab.facade.pf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/** The router's filterlog: a line for each packet that a logged rule decides, in its log file and sent away. */
public final class FilterLog implements AutoCloseable {

    private static final int MOST_LINES = 5_000;

    private final BoxClock clock;
    private final String hostName;
    private final IntFunction<Optional<LoadedRule>> rules;
    private final Host router;
    private final Map<Integer, String> interfaces;
    private final List<String> lines = new ArrayList<>();
    private final BlockingQueue<String> unsent = new LinkedBlockingQueue<>(10_000);
    private final PacketLog packets;
    private final Thread sending;
    private volatile List<SyslogSender> senders = List.of();

    /**
     * @param hostName the router's own
     * @param rules by their serials
     */
    FilterLog(Host router, BoxClock clock, String hostName, IntFunction<Optional<LoadedRule>> rules)
            throws IOException, InterruptedException {
        this.router = router;
        this.clock = clock;
        this.hostName = hostName;
        this.rules = rules;
        this.interfaces = interfaces(router);
        this.packets = PacketLog.open(router, this::logged);
        this.sending = Thread.ofPlatform().daemon().name("filter log sender").start(this::send);
    }

    private static Map<Integer, String> interfaces(Host router) throws IOException, InterruptedException {
        Map<Integer, String> result = new HashMap<>();
        // 3: lan0@if2: <BROADCAST…
        for (String line : router.run(Command.of("ip", "-o", "link")).lines().toList()) {
            String[] words = line.split("[:@ ]+");
            result.put(Integer.parseInt(words[0]), words[1].equals("lo") ? "lo0" : words[1]);
        }
        return result;
    }

    /** From now on lines are sent there, and no longer elsewhere. */
    public void sendTo(List<SyslogDestination> destinations) {
        List<SyslogSender> before = senders;
        senders = destinations.stream()
                .map(destination -> new SyslogSender(router, destination))
                .toList();
        before.forEach(SyslogSender::close);
    }

    /** What the log file holds, the oldest first. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    private void logged(int serial, PfRule.Direction direction, int interfaceIndex, byte[] packet) {
        Optional<LoadedRule> found = rules.apply(serial);
        String identity = found.map(rule -> rule.rule().logIdentity()).orElse("0");
        boolean passed =
                found.filter(rule -> rule.rule().action() == PfRule.Action.PASS).isPresent();
        String message = "%d,,,%s,%s,match,%s,%s,%s"
                .formatted(
                        found.map(LoadedRule::number).orElse(0),
                        identity,
                        interfaces.getOrDefault(interfaceIndex, "unknown"),
                        passed ? "pass" : "block",
                        direction == PfRule.Direction.IN ? "in" : "out",
                        new LoggedPacket(packet).text());
        synchronized (lines) {
            if (lines.size() == MOST_LINES) {
                lines.removeFirst();
            }
            lines.add(SyslogFormat.fileLine(clock.now(), hostName, message));
        }
        boolean ignored = unsent.offer(message); // a full queue loses lines, as UDP would
    }

    private void send() {
        try {
            while (true) {
                String message = unsent.take();
                for (SyslogSender sender : senders) {
                    sender.send(clock.now(), message);
                }
            }
        } catch (InterruptedException closed) {
            senders.forEach(SyslogSender::close);
        }
    }

    @Override
    public void close() {
        packets.close();
        sending.interrupt();
    }
}
