package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Via;
import org.junit.jupiter.api.Test;

final class StateFolderTest {

    @Test
    void journalNamedInTheConfiguration_decidesWhereTheLocksAre_whoeverAsks() {
        Home home = home(new Via.Local(), Optional.of(Path.of("/srv/quiet/journal.db")));
        StateFolder state = StateFolder.of(home, Map.of("HOME", "/home/somebody"));
        assertThat(state.journal(home)).isEqualTo(Path.of("/srv/quiet/journal.db"));
        assertThat(state.guardLock(home)).isEqualTo(Path.of("/srv/quiet/guard.lock"));
    }

    @Test
    void routersThatAreReachedDifferently_shareNothing() {
        Home local = home(new Via.Local(), Optional.empty());
        Home lab = home(new Via.Namespace("lab-router"), Optional.empty());
        Home remote = home(new Via.Ssh("root", "192.168.1.1", 22), Optional.empty());
        StateFolder state = new StateFolder(Path.of("/state"));
        assertThat(List.of(state.journal(local), state.journal(lab), state.journal(remote)))
                .doesNotHaveDuplicates()
                .allMatch(file -> file.startsWith("/state"));
        assertThat(state.changeLock(lab).getFileName()).hasToString("change-netns-lab-router.lock");
    }

    private static Home home(Via via, Optional<Path> journal) {
        return new Home(
                List.of(new Router("home", RouterType.LINUX, via, Optional.empty(), "/", Optional.empty())),
                List.of(),
                List.of(),
                new JournalSettings(journal, Duration.ofDays(1), 1 << 20),
                false);
    }
}
