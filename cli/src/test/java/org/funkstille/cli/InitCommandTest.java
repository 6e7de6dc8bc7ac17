package org.funkstille.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.funkstille.discovery.draft.DraftNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code init} refuses before it looks at anything, and how it writes. */
class InitCommandTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void init_whereThereIsAFile_leavesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "mine");

        Run run = Run.of("init", "--out", file.toString());

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.err()).contains("is there already and was left as it is; take --overwrite");
        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--gateway fritz.box",
                "--type fritz",
                "--via telnet://192.168.1.1",
                "--via ssh://root:secret@192.168.1.1,",
                "--namespace ../../etc",
                "--namespace no-such-namespace",
                "--network lan",
                "--network lan=eth0,192.168.1.0",
                "--network lan=eth0,192.168.1.0/24,10.0.0.1-10.0.0.9",
                "--user "
            })
    void init_withAnOptionThatMakesNoSense_saysWhich(String options) {
        List<String> words = List.of(options.split(" ", -1));
        Path file = folder.resolve("x.yaml");

        Run run = Run.of("init", "--out", file.toString(), words.getFirst(), words.getLast());

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.err()).containsAnyOf(words.getFirst(), "network namespace");
        assertThat(file).doesNotExist();
    }

    @Test
    void network_withAPool_isRead() {
        DraftNetwork network = InitWish.network("iot=iot0,192.168.20.0/24,192.168.20.100-192.168.20.199");

        assertThat(network.name()).isEqualTo("iot");
        assertThat(network.interfaceName()).isEqualTo("iot0");
        assertThat(network.pool()).isPresent();
    }

    @Test
    void write_whereSomebodyWasQuicker_leavesTheirFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("funkstille.yaml"), "theirs");

        assertThatThrownBy(() -> new NewFile(file, false).write("ours"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is there already");

        assertThat(file).hasContent("theirs");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void write_withOverwrite_replaces() throws IOException {
        Path file = Files.writeString(folder.resolve("funkstille.yaml"), "old");

        new NewFile(file, true).write("new");

        assertThat(file).hasContent("new");
    }

    @Test
    void write_intoAFolderThatIsNotThere_saysSo() {
        assertThatThrownBy(() -> new NewFile(folder.resolve("none/funkstille.yaml"), false).write("x"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot be written");
    }
}
