package org.funkstille.bench.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program, started by its launcher as a user would. The launcher becomes Java, so both have one process id. */
final class Launched implements AutoCloseable {

    /** The launcher's folder. */
    private static final Path HOME = Path.of(System.getProperty("funkstille.home", "."));

    private static final long TICKS_A_SECOND = 100; // USER_HZ, the same on every architecture that Java runs on

    private final Process process;
    private final BufferedReader output;
    private final long began;

    private Launched(Process process, long began) {
        this.process = process;
        this.output = process.inputReader();
        this.began = began;
    }

    /** @param before words in front of the command, such as those of taskset(1) */
    static Launched start(List<String> before, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> argv = new ArrayList<>(before);
        argv.add(HOME.resolve("funkstille").toString());
        argv.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        return new Launched(builder.start(), began);
    }

    static Launched start(String... arguments) throws IOException {
        return start(List.of(), Map.of(), arguments);
    }

    long began() {
        return began;
    }

    /** Milliseconds from the start to the first line that begins so. */
    double millisUntilLine(String beginning) throws IOException {
        StringBuilder said = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.startsWith(beginning)) {
            said.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("ended without \"" + beginning + "\":\n" + said);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    /** Milliseconds from the start to the end. */
    double millisUntilEnd(int... exits) throws IOException, InterruptedException {
        String said = String.join("\n", output.readAllLines());
        int exit = process.waitFor();
        double millis = (System.nanoTime() - began) / 1e6;
        for (int expected : exits) {
            if (exit == expected) {
                return millis;
            }
        }
        throw new IOException("exit code " + exit + ":\n" + said);
    }

    /** What it goes on to say is thrown away, so that it never waits for a reader. */
    void ignoreTheRest() {
        Thread.ofVirtual().start(() -> {
            try {
                long ignored = output.lines().count();
            } catch (UncheckedIOException ended) {
                // with the program
            }
        });
    }

    /** @param name a line of proc_pid_status(5), such as VmRSS */
    double megabytes(String name) throws IOException {
        String line = Files.readAllLines(procFile("status")).stream()
                .filter(one -> one.startsWith(name + ":"))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
    }

    /** Of all its threads, in the program and in the kernel. */
    double processorSeconds() throws IOException {
        String line = Files.readString(procFile("stat"));
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (double) (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    private Path procFile(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException inAHurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
