package org.funkstille.lab.guarding;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.funkstille.guard.StateFolder;

/** A guard in a process of its own, which can be killed. It says what it does on its standard output, line by line. */
final class GuardProcess implements AutoCloseable {

    static final String BEGINS = "begins";
    static final String READY = "ready";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Process process;
    private final BufferedReader lines;
    private final Path home;

    private GuardProcess(Process process, Path home) {
        this.process = process;
        this.lines = process.inputReader();
        this.home = home;
    }

    static GuardProcess start(Installation installation) throws IOException {
        Path home = Files.writeString(Files.createTempFile("funkstille-guarding-", ".yaml"), installation.yaml());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuardProcess.class.getName(),
                        home.toString(),
                        installation.state().folder().toString())
                .redirectErrorStream(true)
                .start();
        // A test that waits for a line that never comes cannot be interrupted.
        CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
        return new GuardProcess(process, home);
    }

    /** What the process does: guards until it is killed. */
    public static void main(String... arguments) throws Exception {
        try {
            Installation installation = Installation.open(
                    Files.readString(Path.of(arguments[0])), new StateFolder(Path.of(arguments[1])), true);
            System.out.println(BEGINS);
            RunningGuard guard = RunningGuard.start(installation, GuardedLab.NEVER);
            System.out.println(READY);
            new CountDownLatch(1).await();
            guard.close();
        } catch (Exception ended) {
            System.out.println(ended.getClass().getName() + ": " + ended.getMessage());
        }
    }

    /**
     * Waits for a line.
     *
     * @throws IllegalStateException with what it said instead, where it ended
     */
    void awaitLine(String wanted) throws IOException {
        StringBuilder said = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.equals(wanted)) {
            said.append(line).append('\n');
            line = lines.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the process ended: " + said);
        }
    }

    /** All that it says until it ends by itself. */
    String awaitEnd() throws InterruptedException {
        try {
            if (!process.waitFor(LONGEST)) {
                throw new IllegalStateException("the process goes on");
            }
            return String.join("\n", lines.readAllLines());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    long pid() {
        return process.pid();
    }

    /** By SIGKILL. What it started for a moment (nft, conntrack) comes to its own end. */
    void kill() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !process.isAlive() && started.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(home);
    }
}
