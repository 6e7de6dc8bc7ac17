package org.funkstille.guard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.Via;

/**
 * Where Funkstille keeps what must outlive it. One router, one set of files: two homes on one machine do not meet.
 *
 * @param folder for locks and the journal
 */
public record StateFolder(Path folder) {

    private static final Path OF_THE_SYSTEM = Path.of("/var/lib/funkstille");

    /** The folder of the journal where the configuration names one, so that all commands of a home agree. */
    public static StateFolder of(Home home, Map<String, String> environment) {
        return home.journal()
                .file()
                .map(file -> new StateFolder(file.toAbsolutePath().resolve("..").normalize()))
                .orElseGet(() -> usual(environment));
    }

    /** The system's place where we may write there, else the user's (XDG Base Directory Specification). */
    private static StateFolder usual(Map<String, String> environment) {
        if (Files.isWritable(OF_THE_SYSTEM) || Files.isWritable(OF_THE_SYSTEM.getParent())) {
            return new StateFolder(OF_THE_SYSTEM);
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        String state = environment.getOrDefault("XDG_STATE_HOME", home + "/.local/state");
        return new StateFolder(Path.of(state, "funkstille"));
    }

    public Path journal(Home home) {
        return home.journal().file().orElseGet(() -> folder.resolve("journal" + suffix(home) + ".db"));
    }

    Path guardLock(Home home) {
        return folder.resolve("guard" + suffix(home) + ".lock");
    }

    Path changeLock(Home home) {
        return folder.resolve("change" + suffix(home) + ".lock");
    }

    private static String suffix(Home home) {
        Via via = home.routers().stream().findFirst().map(Router::via).orElse(new Via.Local());
        return via instanceof Via.Local ? "" : "-" + via.toString().replaceAll("[^A-Za-z0-9.]+", "-");
    }
}
