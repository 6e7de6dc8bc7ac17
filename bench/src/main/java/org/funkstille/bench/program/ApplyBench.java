package org.funkstille.bench.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Samples;
import org.funkstille.lab.Lab;
import org.funkstille.lab.network.Host;

/**
 * How long from the start of {@code funkstille apply} to the first packet of the device that is refused, in the virtual
 * home. Needs root.
 */
public final class ApplyBench {

    private static final int RUNS = 9;

    private final Lab lab;
    private final Path silent;
    private final Path online;

    private ApplyBench(Lab lab, Path silent, Path online) {
        this.lab = lab;
        this.silent = silent;
        this.online = online;
    }

    public static void main(String[] arguments) throws Exception {
        try (Lab lab = Lab.up("bench-" + ProcessHandle.current().pid())) {
            // A reject is to be heard at once, however many there were.
            lab.host("router").set(List.of(new Host.Setting("ipv4/icmp_ratelimit", "0")));
            Path silent = lab.directory().resolve("funkstille.yaml");
            String text = Files.readString(silent).replaceFirst("policy: silent\\s+answer: reject", "policy: online");
            Path online = Files.writeString(lab.directory().resolve("online.yaml"), text);
            new ApplyBench(lab, silent, online).run();
        }
    }

    private void run() throws Exception {
        Samples first = new Samples();
        Samples change = new Samples();
        Samples end = new Samples();
        for (int i = 0; i < RUNS; i++) {
            command("uninstall", "-c", silent.toString());
            first.add(untilRefused(end));
            command("apply", "--yes", "-c", online.toString());
            change.add(untilRefused(new Samples()));
        }
        Goal.atMost(1000).print(System.out, "apply: one device, to its first refused packet", change.median(), "ms");
        Goal.atMost(1000).print(System.out, "apply: the same, on an untouched router", first.median(), "ms");
        Goal.none(System.out, "apply: to the end, after a second of listening", end.median(), "ms");
    }

    private double untilRefused(Samples end) throws Exception {
        try (Caller caller = Caller.start(lab.gateway().host().namespace())) {
            caller.awaitPassing();
            try (Launched apply = Launched.start("apply", "--yes", "-c", silent.toString())) {
                double millis = (caller.awaitRefused() - apply.began()) / 1e6;
                end.add(apply.millisUntilEnd(0));
                return millis;
            }
        }
    }

    private static void command(String... arguments) throws Exception {
        try (Launched command = Launched.start(arguments)) {
            double ignored = command.millisUntilEnd(0);
        }
    }
}
