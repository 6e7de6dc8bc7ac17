package org.funkstille.bench.proof;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Samples;
import org.funkstille.bench.proof.HomeRules.Table;
import org.funkstille.proof.prover.Answer;
import org.funkstille.proof.prover.Answer.Standing;
import org.funkstille.proof.prover.Subject;
import org.funkstille.proof.read.RuleSetReading;

/**
 * How long the proof takes, and the others take for the same questions. Runs with the flags of the program, so with its
 * heap of 256 MB. Arguments: {@code home}, {@code large}, {@code table}, {@code hard}, {@code others}; all of them where
 * none is given.
 */
public final class ProofBench {

    private static final int HOME = 60;
    private static final int HOME_RULES = 500;
    private static final int LARGE = 1000;
    private static final int LARGE_RULES = 10_000;
    private static final int PREFIXES = 100_000;
    private static final int HARD = 10;

    private static final int WARMING = 150;
    private static final int RUNS = 51;
    private static final int LARGE_RUNS = 7;
    private static final double HOME_MILLIS = 20;
    private static final double LARGE_MILLIS = 1000;
    private static final double HARD_MILLIS = 10_000;

    private final PrintStream out;
    private final Heap heap = Heap.watched();

    private ProofBench(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> parts =
                arguments.length > 0 ? List.of(arguments) : List.of("large", "table", "hard", "home", "others");
        ProofBench bench = new ProofBench(System.out);
        for (String part : parts) {
            switch (part) {
                case "home" -> bench.home();
                case "large" -> bench.large();
                case "table" -> bench.table();
                case "hard" -> bench.hard();
                case "others" -> bench.others();
                default -> throw new IllegalArgumentException(part);
            }
        }
    }

    private void home() throws Exception {
        for (int leaking : List.of(HomeRules.NONE_LEAKS, HOME / 2)) {
            HomeRules saved = HomeRules.of(HOME, HOME_RULES, 2, leaking, Table.NONE);
            HomeRules listed = HomeRules.of(HOME, HOME_RULES, 1, leaking, Table.NONE);
            int leaks = leaking == HomeRules.NONE_LEAKS ? 0 : 1;
            String name = "home, " + (leaks == 0 ? "silent" : "one leaks") + ", ";
            warm(name + "iptables", Scene.iptables(SavedForm.of(saved), Optional.empty()), leaks);
            warm(name + "nft", Scene.nft(NftForm.of(listed, Optional.empty())), leaks);
        }
    }

    private void warm(String name, RuleSetReading reading, int leaks) throws Exception {
        List<Subject> subjects = Scene.subjects(HOME);
        Samples samples = new Samples();
        for (int run = 0; run < WARMING + RUNS; run++) {
            Samples counted = run < WARMING ? new Samples() : samples;
            expect(counted.time(() -> Scene.prove(reading, subjects)), leaks);
        }
        Goal.atMost(HOME_MILLIS).print(out, sized(name, reading, HOME), samples.median(), "ms");
    }

    private void large() throws Exception {
        for (int leaking : List.of(HomeRules.NONE_LEAKS, LARGE / 2)) {
            int leaks = leaking == HomeRules.NONE_LEAKS ? 0 : 1;
            String name = "large, " + (leaks == 0 ? "silent" : "one leaks") + ", ";
            HomeRules saved = HomeRules.of(LARGE, LARGE_RULES, 2, leaking, Table.NONE);
            HomeRules listed = HomeRules.of(LARGE, LARGE_RULES, 1, leaking, Table.NONE);
            several(name + "iptables", () -> Scene.iptables(SavedForm.of(saved), Optional.empty()), LARGE, leaks);
            several(name + "nft", () -> Scene.nft(NftForm.of(listed, Optional.empty())), LARGE, leaks);
        }
    }

    private void table() throws Exception {
        Optional<PrefixTable> prefixes = Optional.of(PrefixTable.of(PREFIXES));
        for (Table table : List.of(Table.BLOCKS, Table.LETS_OUT)) {
            HomeRules saved = HomeRules.of(HOME, HOME_RULES, 2, HomeRules.NONE_LEAKS, table);
            HomeRules listed = HomeRules.of(HOME, HOME_RULES, 1, HomeRules.NONE_LEAKS, table);
            int leaks = table == Table.BLOCKS ? 0 : HOME;
            String name = "100,000 prefixes, " + (leaks == 0 ? "silent" : "all leak") + ", ";
            several(name + "iptables", () -> Scene.iptables(SavedForm.of(saved), prefixes), HOME, leaks);
            several(name + "nft", () -> Scene.nft(NftForm.of(listed, prefixes)), HOME, leaks);
        }
    }

    private void several(String name, Callable<RuleSetReading> source, int devices, int leaks) throws Exception {
        Samples readings = new Samples();
        RuleSetReading reading = readings.time(source);
        double first = readings.median();
        for (int run = 0; run < 2; run++) {
            reading = readings.time(source);
        }
        List<Subject> subjects = Scene.subjects(devices);
        Samples samples = new Samples();
        Samples cold = new Samples();
        for (int run = 0; run <= LARGE_RUNS; run++) {
            Samples counted = run == 0 ? cold : samples;
            RuleSetReading read = reading;
            expect(counted.time(() -> Scene.prove(read, subjects)), leaks);
        }
        Goal.atMost(LARGE_MILLIS).print(out, sized(name, reading, devices), samples.median(), "ms");
        Goal.none(out, "  the first time", cold.median(), "ms");
        Goal.none(out, "  writing and reading the text, the first time", first, "ms");
        Goal.none(out, "  writing and reading the text, best", readings.best(), "ms");
        Goal.none(out, "  most in the heap after a collection", heap.mostMegabytes(), "MB");
    }

    private void hard() throws Exception {
        for (HardRules rules : HardRules.values()) {
            RuleSetReading reading = Scene.iptables(rules.texts(HARD), Optional.empty());
            for (int devices : List.of(1, HARD)) {
                Samples samples = new Samples();
                List<Subject> subjects = Scene.subjects(devices);
                List<Answer> answers = samples.time(() -> Scene.prove(reading, subjects));
                String name = "hard: " + rules.words() + ", devices: " + devices;
                Goal.atMost(HARD_MILLIS).print(out, name, samples.median(), "ms");
                out.println("  " + standings(answers) + " "
                        + answers.getFirst().because().stream()
                                .limit(1)
                                .map(because -> because.substring(0, Math.min(because.length(), 90)))
                                .toList());
            }
        }
        Goal.none(out, "  most in the heap after a collection", heap.mostMegabytes(), "MB");
    }

    private void others() throws Exception {
        Comparison comparison = new Comparison(out);
        for (int leaking : List.of(HomeRules.NONE_LEAKS, HOME / 2)) {
            boolean silent = leaking == HomeRules.NONE_LEAKS;
            HomeRules home = HomeRules.of(HOME, HOME_RULES, 2, leaking, Table.NONE);
            comparison.run(
                    "home, one device, " + (silent ? "silent" : "leaking"),
                    Scene.iptables(SavedForm.of(home), Optional.empty()).rules(),
                    Scene.subjects(HOME).get(HOME / 2),
                    silent,
                    LARGE_RUNS);
        }
        HomeRules large = HomeRules.of(LARGE, LARGE_RULES, 2, HomeRules.NONE_LEAKS, Table.NONE);
        comparison.run(
                "large, one device, silent",
                Scene.iptables(SavedForm.of(large), Optional.empty()).rules(),
                Scene.subjects(LARGE).get(LARGE / 2),
                true,
                LARGE_RUNS);
        HomeRules listed = HomeRules.of(HOME, HOME_RULES, 2, HomeRules.NONE_LEAKS, Table.BLOCKS);
        comparison.run(
                "100,000 prefixes, one device, silent",
                Scene.iptables(SavedForm.of(listed), Optional.of(PrefixTable.of(PREFIXES)))
                        .rules(),
                Scene.subjects(HOME).get(HOME / 2),
                true,
                1);
    }

    private static void expect(List<Answer> answers, int leaks) {
        Map<Standing, Integer> standings = standings(answers);
        if (standings.getOrDefault(Standing.LEAKING, 0) != leaks
                || standings.getOrDefault(Standing.AS_WANTED, 0) != answers.size() - leaks) {
            throw new IllegalStateException("expected were " + leaks + " leaks: " + standings);
        }
    }

    private static Map<Standing, Integer> standings(List<Answer> answers) {
        Map<Standing, Integer> standings = new TreeMap<>();
        answers.forEach(answer -> standings.merge(answer.standing(), 1, Integer::sum));
        return standings;
    }

    private static String sized(String name, RuleSetReading reading, int devices) {
        return name + ", " + reading.rules().size() + " rules, " + devices;
    }
}
