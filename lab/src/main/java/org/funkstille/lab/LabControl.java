package org.funkstille.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.LabName;
import org.funkstille.lab.network.RunningProcess;
import org.funkstille.lab.network.Waiting;

/** What {@code funkstille lab up|down|status|exec} does: steers a lab that lives in a {@link LabDaemon}. */
public final class LabControl {

    private static final Duration START_LIMIT = Duration.ofSeconds(45);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final LabName lab;

    public LabControl(String name) {
        this.lab = new LabName(name);
    }

    /** Starts a daemon, which outlives this process, and waits until its lab is ready. */
    public LabStatus up() throws IOException, InterruptedException {
        Requirements.check();
        LabStatus before = status();
        if (before.phase() == LabStatus.Phase.UP) {
            return before;
        }
        Path messages = Files.createTempFile("funkstille-lab-", ".log");
        try {
            Process daemon = new ProcessBuilder(daemonArguments())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(messages.toFile())
                    .start();
            boolean over = Waiting.<IOException>until(
                    () -> !daemon.isAlive() || status().phase() == LabStatus.Phase.UP, START_LIMIT);
            if (!over || !daemon.isAlive()) {
                daemon.destroy();
                throw new IOException("lab " + lab + " did not come up: "
                        + Files.readString(messages).strip());
            }
            return status();
        } finally {
            Files.delete(messages); // the daemon may go on writing to it; nobody will read that
        }
    }

    private List<String> daemonArguments() {
        return List.of(
                "setsid", // or else Ctrl-C in the owner's terminal would reach it too
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                LabDaemon.class.getName(),
                lab.text());
    }

    public LabStatus status() throws IOException {
        Optional<LabOwner> owner = LabOwner.alive(lab);
        if (owner.isEmpty()) {
            LabStatus.Phase phase = new Site(lab).isUsed() ? LabStatus.Phase.DEAD : LabStatus.Phase.DOWN;
            return new LabStatus(lab.text(), phase, 0, Optional.empty());
        }
        var details = LabState.read(lab);
        LabStatus.Phase phase = details.isPresent() ? LabStatus.Phase.UP : LabStatus.Phase.BUSY;
        return new LabStatus(lab.text(), phase, owner.get().process().pid(), details);
    }

    /**
     * Takes the lab down, also one whose process died.
     *
     * @return false where there was none
     * @throws IOException where it belongs to a demonstration or a test that still runs
     */
    public boolean down() throws IOException, InterruptedException {
        Optional<LabOwner> owner = LabOwner.alive(lab);
        if (owner.isPresent() && owner.get().kind() == LabOwner.Kind.GUEST) {
            throw new IOException(
                    "lab %s belongs to process %d, which does more than that; end it, and the lab goes too"
                            .formatted(lab, owner.get().process().pid()));
        }
        boolean used = new Site(lab).isUsed();
        Lab.sweep(lab.text());
        return used;
    }

    static void endDaemon(LabName lab) throws IOException, InterruptedException {
        Optional<RunningProcess> daemon = LabOwner.alive(lab)
                .filter(owner -> owner.kind() == LabOwner.Kind.DAEMON && !owner.isThisProcess())
                .map(LabOwner::process);
        if (daemon.isPresent()) {
            daemon.get().end(END_LIMIT);
        }
    }

    /**
     * Runs a program on a host of the lab, with this process's own input and output.
     *
     * @return its exit code
     * @throws IllegalArgumentException where there is no such host
     */
    public int exec(String host, List<String> argv) throws IOException, InterruptedException {
        HostName name = HostName.visible(host);
        if (!lab.namespace(name).exists()) {
            throw new IOException("lab " + lab + " is not up; start it with 'funkstille lab up'");
        }
        return new ProcessBuilder(new Host(lab, name).execArguments(argv))
                .inheritIO()
                .start()
                .waitFor();
    }
}
