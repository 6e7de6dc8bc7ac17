package org.funkstille.bench.program;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Stage;
import org.funkstille.bench.packets.Burst;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalReader;
import org.funkstille.journal.Loss;
import org.funkstille.kernel.Command;

/**
 * Attempts all the way: from the kernel, through a guard that has one processor to itself, into the journal. First as
 * many as it must take, then more than it can. Needs root and two processors.
 *
 * <p>Arguments: attempts a second (default 50,000); seconds (default 20).
 */
public final class EvidenceBench {

    private static final int DEVICES = 100;
    private static final int SERVERS = 20;
    private static final int PATIENCE_SECONDS = 60;
    private static final String GUARDS_PROCESSOR = "0";
    private static final String OUR_PROCESSOR = "1";

    private final Premises premises;
    private final Launched run;
    private final Burst burst;
    private final Instant began = Instant.now();

    private EvidenceBench(Premises premises, Launched run, Burst burst) {
        this.premises = premises;
        this.run = run;
        this.burst = burst;
    }

    /** What became of packets. */
    private record Balance(long refused, long written, long lost) {

        Balance since(Balance before) {
            return new Balance(refused - before.refused, written - before.written, lost - before.lost);
        }

        long unaccounted() {
            return refused - written - lost;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        keepOffTheGuardsProcessor();
        try (Stage stage = Stage.open()) {
            Premises premises = Premises.build(stage, DEVICES);
            try (Launched run = Launched.start(
                            List.of("taskset", "-c", GUARDS_PROCESSOR),
                            Map.of(),
                            "run",
                            "-c",
                            premises.file().toString());
                    Burst burst = premises.phoningHome(SERVERS)) {
                double ignored = run.millisUntilLine("Guarding ");
                run.ignoreTheRest();
                EvidenceBench bench = new EvidenceBench(premises, run, burst);
                bench.warmUp();
                bench.steady(rate, seconds);
                bench.tooMany();
            }
        }
    }

    private static void keepOffTheGuardsProcessor() throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        Command.Result result =
                Command.of("taskset", "-acp", OUR_PROCESSOR, pid).run();
        if (!result.ok()) {
            throw new IOException("taskset: " + result.err());
        }
    }

    private void warmUp() throws Exception {
        burst.send(200_000, 20_000);
        settled();
    }

    private void steady(int rate, int seconds) throws Exception {
        Balance before = settled();
        double processor = run.processorSeconds();
        long start = System.nanoTime();
        burst.send((long) rate * seconds, rate);
        double took = (System.nanoTime() - start) / 1e9;
        Balance balance = settled().since(before);
        double used = run.processorSeconds() - processor;
        String of = "evidence: steady, ";
        // What the pacing of the sender misses is not the guard's fault.
        Goal.atLeast(rate * 0.99)
                .print(System.out, of + "attempts a second", Math.rint((double) balance.written / took), "1/s");
        Goal.atMost(0).print(System.out, of + "lost", (double) balance.lost, "");
        Goal.atMost(0).print(System.out, of + "unaccounted for", (double) balance.unaccounted(), "");
        Goal.none(System.out, of + "processor time for each", used * 1e6 / balance.written, "us");
        Goal.atMost(1).print(System.out, of + "of one processor", used / took, "");
        Goal.none(System.out, of + "resident", run.megabytes("VmRSS"), "MB");
    }

    private void tooMany() throws Exception {
        Balance before = settled();
        long start = System.nanoTime();
        burst.send(4_000_000);
        double took = (System.nanoTime() - start) / 1e9;
        Balance balance = settled().since(before);
        String of = "evidence: too many, ";
        Goal.none(System.out, of + "sent a second", Math.rint(balance.refused / took), "1/s");
        Goal.none(System.out, of + "written", (double) balance.written, "");
        Goal.none(System.out, of + "lost, as told", (double) balance.lost, "");
        Goal.atMost(0).print(System.out, of + "unaccounted for", (double) Math.abs(balance.unaccounted()), "");
        Goal.atMost(90).print(System.out, of + "most resident", run.megabytes("VmHWM"), "MB");
    }

    /** Waits until nothing is on its way: a packet more, so that losses at the end show. */
    private Balance settled() throws Exception {
        burst.send(1);
        Balance balance = balance();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (balance.unaccounted() != 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(300);
            balance = balance();
        }
        return balance;
    }

    private Balance balance() throws Exception {
        long refused = premises.refused();
        JournalReader journal = Journal.openForReading(premises.journal());
        long written = journal.attemptTotals(began).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long lost = journal.losses(began).stream()
                .filter(loss -> loss.source() == EvidenceSource.REFUSALS)
                .mapToLong(Loss::events)
                .sum();
        return new Balance(refused, written, lost);
    }
}
