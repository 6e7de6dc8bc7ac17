package org.funkstille.lab.guarding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Profile;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.Application;
import org.funkstille.guard.Inspection;
import org.funkstille.guard.StateFolder;
import org.funkstille.guard.Windows;
import org.funkstille.journal.Change;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalReader;
import org.funkstille.routers.Drivers;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;

/** A home on its router, with a state folder of its own. Closing it takes all of ours from the router again. */
record Installation(
        String yaml, Map<String, String> secrets, Home home, RouterDriver driver, StateFolder state, boolean guest)
        implements AutoCloseable {

    static final Clock CLOCK = Clock.systemUTC();

    private static final Profile GATEWAY = new Profile(
            "lumi.gateway.v3", "gateway of the tests", Answer.REJECT, true, List.of(), List.of(), List.of());

    static Installation open(String yaml) throws IOException, RouterException {
        return open(yaml, Map.of("PASSWORD", "wrong-horse"));
    }

    /** @param secrets by the names that the configuration has for them */
    static Installation open(String yaml, Map<String, String> secrets) throws IOException, RouterException {
        return open(yaml, secrets, new StateFolder(Files.createTempDirectory("funkstille-guarding-")), false);
    }

    /** The same home with a driver of its own, as another process would have it. Closing it leaves the router alone. */
    Installation again() throws RouterException {
        return open(yaml, secrets, state, true);
    }

    static Installation open(String yaml, StateFolder state, boolean guest) throws RouterException {
        return open(yaml, Map.of("PASSWORD", "wrong-horse"), state, guest);
    }

    private static Installation open(String yaml, Map<String, String> secrets, StateFolder state, boolean guest)
            throws RouterException {
        Home home = read(yaml);
        RouterDriver driver = new Drivers(
                        new Secrets(Map.of("PASSWORD", "wrong-horse")), state.folder(), notice -> {}, CLOCK)
                .open(home.routers().getFirst(), home);
        return new Installation(yaml, secrets, home, driver, state, guest);
    }

    static Home read(String yaml) {
        Profiles profiles = new Profiles(
                List.of(GATEWAY.model()),
                model -> Optional.of(GATEWAY).filter(p -> p.model().equals(model)));
        return switch (HomeReader.read("funkstille.yaml", yaml, profiles)) {
            case Reading.Good<Home>(Home home) -> home;
            case Reading.Bad<Home>(var faults) -> throw new IllegalArgumentException(faults.toString());
        };
    }

    Device device(String name) {
        return home.device(name).orElseThrow();
    }

    void apply() throws Exception {
        new Application(home, driver, state, CLOCK).apply(change -> {});
    }

    Windows windows() {
        return new Windows(home, driver, state, CLOCK);
    }

    /** The verdict of somebody who looks for a moment. */
    Verdict inspect(String device) throws Exception {
        return new Inspection(home, driver, state, CLOCK)
                .inspect(Duration.ofMillis(1200)).stream()
                        .filter(verdict -> verdict.device().equals(device))
                        .findFirst()
                        .orElseThrow();
    }

    /** True where the router is exactly as the home wants it. */
    boolean inOrder() throws RouterException {
        return toDo().isEmpty();
    }

    /** What would have to be done, in words. */
    List<String> toDo() throws RouterException {
        return Planner.plan(home, driver.observe()).changes().stream()
                .map(org.funkstille.core.plan.Change::describe)
                .toList();
    }

    JournalReader journal() {
        return Journal.openForReading(state.journal(home));
    }

    List<Change> changes(String kind) {
        return journal().changes(Instant.EPOCH, 1000).stream()
                .filter(change -> change.kind().equals(kind))
                .toList();
    }

    @Override
    public void close() throws IOException, RouterException {
        try {
            if (!guest) {
                driver.uninstall();
            }
        } finally {
            driver.close();
            if (!guest) {
                delete(state.folder());
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
