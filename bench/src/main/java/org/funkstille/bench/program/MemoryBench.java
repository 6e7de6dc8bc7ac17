package org.funkstille.bench.program;

import java.util.List;
import java.util.Map;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Stage;
import org.funkstille.bench.packets.Burst;

/**
 * The memory of a guard whose devices keep trying. Needs root.
 *
 * <p>Arguments: number of devices (default 100); attempts a second (default 100); seconds (default 30); flags for Java
 * beside those of the launcher, as one word.
 */
public final class MemoryBench {

    private static final int SERVERS = 12;

    private MemoryBench() {}

    public static void main(String[] arguments) throws Exception {
        int devices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 30;
        Map<String, String> flags = arguments.length > 3 ? Map.of("FUNKSTILLE_JAVA_OPTS", arguments[3]) : Map.of();
        try (Stage stage = Stage.open()) {
            Premises premises = Premises.build(stage, devices);
            try (Launched run = Launched.start(
                            List.of(),
                            flags,
                            "run",
                            "--interval",
                            "10",
                            "-c",
                            premises.file().toString());
                    Burst burst = premises.phoningHome(SERVERS)) {
                double ignored = run.millisUntilLine("Guarding ");
                run.ignoreTheRest();
                burst.send((long) rate * seconds, rate);
                String of = "memory: " + devices + " devices, ";
                Goal.atMost(90)
                        .print(System.out, of + "resident after " + seconds + " s", run.megabytes("VmRSS"), "MB");
                Goal.none(System.out, of + "most", run.megabytes("VmHWM"), "MB");
                Goal.none(System.out, of + "of that, of no file", run.megabytes("RssAnon"), "MB");
            }
        }
    }
}
