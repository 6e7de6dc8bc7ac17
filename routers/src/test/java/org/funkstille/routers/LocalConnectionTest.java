package org.funkstille.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.funkstille.kernel.NetworkNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalConnectionTest {

    @TempDir
    private Path root;

    private LocalConnection connection() {
        return new LocalConnection(NetworkNamespace.current(), root);
    }

    @Test
    void file_isWrittenUnderTheRoot_withItsFolders_andNothingElseStays() throws Exception {
        connection().writeFile("/etc/funkstille/rules.json", "one");
        connection().writeFile("/etc/funkstille/rules.json", "two");
        assertThat(root.resolve("etc/funkstille/rules.json")).hasContent("two");
        assertThat(connection().listFolder("/etc/funkstille")).containsExactly("rules.json");
        assertThat(connection().listFolder("/etc")).contains("funkstille/");
        assertThat(connection().readFile("/etc/funkstille/rules.json")).contains("two");
    }

    @Test
    void pathThatHasTheRootAlready_isTakenAsItIs() throws Exception {
        connection().writeFile(root.resolve("hosts/one").toString(), "x");
        assertThat(root.resolve("hosts/one")).exists();
    }

    @Test
    void whatIsNotThere_isNoError() throws Exception {
        assertThat(connection().readFile("/nothing")).isEmpty();
        assertThat(connection().deleteFile("/nothing")).isFalse();
        assertThat(connection().listFolder("/nothing")).isEmpty();
    }

    @Test
    void folderInPlaceOfAFile_isAnErrorThatNamesIt() throws Exception {
        Files.createDirectories(root.resolve("etc/rules"));
        assertThatThrownBy(() -> connection().readFile("/etc/rules"))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("/etc/rules");
    }

    @Test
    void programThatIsNotThere_answersAsAShellWould() throws Exception {
        assertThat(connection().run("no-such-program").exit()).isEqualTo(127);
    }

    @Test
    void programsInput_reachesIt() throws Exception {
        assertThat(connection().run(List.of("cat"), "ü\n").out()).isEqualTo("ü\n");
    }
}
