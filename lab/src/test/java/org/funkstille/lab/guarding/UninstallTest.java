package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.funkstille.core.verdict.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left on a router after Funkstille is taken away from it. */
@Timeout(60)
class UninstallTest {

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    @Test
    void nothingOfOursIsLeftAndNothingElseWasTouched() throws Exception {
        String rulesBefore = HOME.ownersRules();
        List<String> filesBefore = files();
        Installation installation = HOME.install(HOME.yaml());
        try (RunningGuard guard = RunningGuard.start(installation, GuardedLab.NEVER)) {
            guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
            installation.again().windows().open(installation.device(GATEWAY), Duration.ofMinutes(5), "left open");
            guard.seen().awaitVerdict(GATEWAY, Status.WINDOW_OPEN, PATIENCE);
        }
        assertThat(HOME.ourTableStands()).isTrue();
        assertThat(files()).anyMatch(file -> file.contains("funkstille"));

        List<String> removed = installation.driver().uninstall();

        assertThat(removed)
                .anyMatch(line -> line.contains("table inet funkstille"))
                .anyMatch(line -> line.contains("reservation"))
                .anyMatch(line -> line.contains("funkstille-rules.service"));
        assertThat(HOME.router("nft", "list", "ruleset")).doesNotContain("funkstille");
        assertThat(HOME.ownersRules()).isEqualTo(rulesBefore);
        assertThat(files()).isEqualTo(filesBefore);
        assertThat(installation.driver().uninstall()).isEmpty();
        assertThat(HOME.lab().router().restart().commands()).isEmpty();
        assertThat(HOME.ourTableStands()).isFalse();
        HOME.lab().cloud().clear();
        assertThat(HOME.lab().cloud().await(GatewayCalls::includes, PATIENCE)).isTrue();
    }

    private static List<String> files() throws IOException {
        Path root = HOME.lab().router().root();
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> Files.isRegularFile(file) || Files.isSymbolicLink(file))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
