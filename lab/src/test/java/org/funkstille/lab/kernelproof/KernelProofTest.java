package org.funkstille.lab.kernelproof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The proof says of no packet something else than the kernel does. {@code -Dfunkstille.fuzz.pairs=} for more pairs of
 * rule set and packet, {@code -Dfunkstille.fuzz.seed=} to begin elsewhere or to see a finding again.
 */
class KernelProofTest {

    private static final long SEED = Long.getLong("funkstille.fuzz.seed", 1);
    private static final int PAIRS = Integer.getInteger("funkstille.fuzz.pairs", 100_000);
    private static final int MOST_FINDINGS = Integer.getInteger("funkstille.fuzz.findings", 3);

    @ParameterizedTest
    @EnumSource
    void whatTheProofSaysIsWhatTheKernelDoes(Backend backend, @TempDir Path directory) throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "needs root");
        List<Campaign.Finding> findings = new ArrayList<>();
        long begun = System.nanoTime();
        try (Campaign campaign = Campaign.open(backend, directory)) {
            long seed = SEED;
            while (campaign.pairs() < share(backend) && findings.size() < MOST_FINDINGS) {
                campaign.run(seed++, Campaign.packets()).ifPresent(findings::add);
            }
            System.out.printf("seed %d, %.0f s, %s%n", SEED, (System.nanoTime() - begun) / 1e9, campaign.summary());
        }
        assertThat(findings).isEmpty();
    }

    /** Half of them for nft, whose rules say more. */
    private static int share(Backend backend) {
        return backend == Backend.NFT ? PAIRS / 2 : PAIRS / 4;
    }
}
