package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLockTest {

    @TempDir
    private Path folder;

    @Test
    void lockThatIsHeld_isRefused_andItsHolderNamed() throws Exception {
        Path file = folder.resolve("guard.lock");
        try (FileLock _ = FileLock.acquire(file, "router home is already guarded", Duration.ZERO)) {
            assertThat(FileLock.isTaken(file)).isTrue();
            assertThatThrownBy(() -> FileLock.acquire(file, "router home is already guarded", Duration.ZERO))
                    .isInstanceOf(FileLock.Taken.class)
                    .hasMessage("router home is already guarded by another Funkstille (process "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void lockThatWasGivenBack_canBeTakenAgain() throws Exception {
        Path file = folder.resolve("guard.lock");
        FileLock.acquire(file, "x", Duration.ZERO).close();
        assertThat(FileLock.isTaken(file)).isFalse();
        FileLock.acquire(file, "x", Duration.ZERO).close();
    }

    @Test
    void whoWaits_getsTheLockWhenItIsGivenBack() throws Exception {
        Path file = folder.resolve("change.lock");
        FileLock first = FileLock.acquire(file, "x", Duration.ZERO);
        Thread other = Thread.ofVirtual().start(first::close);
        FileLock.acquire(file, "x", Duration.ofSeconds(10)).close();
        other.join();
    }
}
