package org.funkstille.lab.kernelproof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelProofTest {

    private static final long SEED = Long.getLong("funkstille.fuzz.seed", 1);
    private static final int PAIRS = Integer.getInteger("funkstille.fuzz.pairs", 5_000);
    private static java.util.Map<String, Integer> STATS = java.util.Map.of();
    private static final int PER_RULE_SET = 100;

    @Test
    void nft(@TempDir Path directory) throws Exception {
        List<String> refused = new ArrayList<>();
        int sent = 0;
        int outside = 0;
        int router = 0;
        int sets = 0;
        long load = 0;
        long wiring = 0;
        long start = System.nanoTime();
        try (Rig rig = Rig.build();
                RouterShell shell = RouterShell.open(rig, directory);
                Wire wire = Wire.open(rig)) {
            KernelRules rules = new KernelRules(shell);
            STATS = rules.refused();
            while (sent < PAIRS) {
                Chance chance = new Chance(SEED * 1_000_003 + sets++);
                String script = sets == 1 ? "" : NftScript.random(chance);
                long before = System.nanoTime();
                var loaded = rules.nft(script);
                load += System.nanoTime() - before;
                if (loaded.isEmpty()) {
                    refused.add(script);
                    continue;
                }
                List<Draft> drafts = new PacketMaker(chance, true).make(PER_RULE_SET);
                List<Sample> samples = new ArrayList<>();
                for (Draft draft : drafts) {
                    samples.add(Sample.of(samples.size() + 1 + sent, draft));
                }
                before = System.nanoTime();
                Wire.Seen seen = wire.send(samples);
                wiring += System.nanoTime() - before;
                sent += samples.size();
                outside += seen.outside().cardinality();
                router += seen.router().cardinality();
                if (sets == 0) {
                    for (Sample sample : samples) {
                        int n = sample.number();
                        System.out.println((seen.outside().get(n) ? "OUT " : "") + (seen.router().get(n) ? "IN " : "") + sample.draft());
                    }
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d rule sets, %d refused, %d sent, %d outside, %d router, %.1f s; load %.1f wire %.1f%n",
                sets, refused.size(), sent, outside, router, seconds, load / 1e9, wiring / 1e9);
        System.out.println(STATS);
        refused.stream().limit(3).forEach(System.out::println);
        assertThat(sent).isPositive();
    }
}
