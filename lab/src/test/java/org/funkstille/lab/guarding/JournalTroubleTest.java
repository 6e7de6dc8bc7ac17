package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.funkstille.core.verdict.Status;
import org.funkstille.kernel.Command;
import org.funkstille.lab.cloud.Cloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The disk of the journal is full. */
@Timeout(60)
class JournalTroubleTest {

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    private Path disk = Path.of("/nowhere");

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createTempDirectory("funkstille-full-");
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                filler.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(disk.resolve("filler")).isNotEmptyFile();
        }
    }

    @AfterEach
    void unmount() throws Exception {
        try {
            HOME.closeWhatTheTestOpened(); // a writer that is still there would begin anew below
        } finally {
            run("umount", "--lazy", disk.toString());
            Files.delete(disk);
        }
    }

    private static void run(String... argv) throws Exception {
        Command.Result result = Command.of(argv).run();
        assertThat(result.ok()).as(result.err()).isTrue();
    }

    @Test
    void theGuardGoesOnGuardingAndSaysItOnce() throws Exception {
        RunningGuard guard = HOME.guard(HOME.yaml() + "journal: {file: " + disk.resolve("journal.db") + "}\n");
        guard.seen().awaitNote("journal", text -> text.contains("goes on without a journal"), PATIENCE);
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        guard.seen().awaitMoreAttempts(GATEWAY, 10, PATIENCE);
        HOME.nft("delete table inet funkstille");
        guard.seen().awaitNote("drift", text -> text.contains("lay the rules"), PATIENCE);
        assertThat(Probe.tcp(HOME.lab().gateway().host(), GatewayCalls.OTT4, Cloud.TLS)
                        .answer())
                .isEqualTo(Probe.Answer.REFUSED);
        assertThat(guard.seen().notes("journal")).hasSize(1);
        assertThat(guard.alive()).isTrue();
    }
}
