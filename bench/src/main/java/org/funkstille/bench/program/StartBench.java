package org.funkstille.bench.program;

import java.util.List;
import java.util.Map;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Samples;
import org.funkstille.bench.Stage;

/** How long until the program has answered, and until it guards; with Java's start-up cache and without. Needs root. */
public final class StartBench {

    private static final int RUNS = 11;
    private static final int DEVICES = 4;
    private static final Map<String, String> NO_CACHE = Map.of("FUNKSTILLE_JAVA_OPTS", "-XX:AOTMode=off");

    private StartBench() {}

    public static void main(String[] arguments) throws Exception {
        Samples help = new Samples();
        Samples helpBare = new Samples();
        for (int i = 0; i < RUNS; i++) {
            help.add(help(Map.of()));
            helpBare.add(help(NO_CACHE));
        }
        Samples ready = new Samples();
        Samples readyBare = new Samples();
        Samples first = new Samples();
        try (Stage stage = Stage.open()) {
            Premises premises = Premises.build(stage, DEVICES);
            first.add(ready(premises, Map.of()));
            for (int i = 0; i < RUNS; i++) {
                ready.add(ready(premises, Map.of()));
                readyBare.add(ready(premises, NO_CACHE));
            }
        }
        Goal.atMost(300).print(System.out, "start: --help", help.median(), "ms");
        Goal.none(System.out, "start: --help, without the cache", helpBare.median(), "ms");
        Goal.atMost(1000).print(System.out, "start: run, until it guards", ready.median(), "ms");
        Goal.none(System.out, "start: run, until it guards, without the cache", readyBare.median(), "ms");
        Goal.none(System.out, "start: run, the first time on this router", first.median(), "ms");
    }

    private static double help(Map<String, String> environment) throws Exception {
        try (Launched help = Launched.start(List.of(), environment, "--help")) {
            return help.millisUntilEnd(0);
        }
    }

    private static double ready(Premises premises, Map<String, String> environment) throws Exception {
        try (Launched run = Launched.start(
                List.of(), environment, "run", "-c", premises.file().toString())) {
            double millis = run.millisUntilLine("Guarding ");
            run.ignoreTheRest();
            return millis;
        }
    }
}
