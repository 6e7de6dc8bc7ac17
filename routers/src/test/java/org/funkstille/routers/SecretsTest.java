package org.funkstille.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.funkstille.core.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {

    private final Secrets secrets = new Secrets(Map.of("ROUTER_PASSWORD", "hunter2", "EMPTY", ""));

    @TempDir
    private Path folder;

    @Test
    void environmentVariable_isRead() {
        assertThat(secrets.read(new Secret.Environment("ROUTER_PASSWORD"))).isEqualTo("hunter2");
    }

    @Test
    void variableThatIsMissingOrEmpty_isNamed() {
        assertThatThrownBy(() -> secrets.read(new Secret.Environment("NOT_THERE")))
                .isInstanceOf(Secrets.Unreadable.class)
                .hasMessageContaining("NOT_THERE");
        assertThatThrownBy(() -> secrets.read(new Secret.Environment("EMPTY"))).hasMessageContaining("EMPTY");
    }

    @Test
    void fileForItsOwnerOnly_isRead_withoutTheLineEnd() throws Exception {
        assertThat(secrets.read(new Secret.File(file("rw-------").toString()))).isEqualTo("hunter2");
    }

    @Test
    void fileThatOthersMayRead_isRefused_andItsContentIsNotTold() throws Exception {
        Path open = file("rw-r-----");
        assertThatThrownBy(() -> secrets.read(new Secret.File(open.toString())))
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("hunter2");
    }

    private Path file(String permissions) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
