package org.funkstille.lab.network;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The programs of one virtual home. Each is written down in the state directory as soon as it runs, so that it can be
 * ended by another process when this one died.
 */
public final class Processes {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LabName lab;
    private final Path records;

    public Processes(LabName lab) {
        this.lab = lab;
        this.records = lab.directory().resolve("processes");
    }

    /**
     * Starts a program on a host.
     *
     * @param output where its messages go, appended
     */
    public RunningProcess start(Host host, List<String> argv, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        Files.createDirectories(records);
        ProcessBuilder builder = new ProcessBuilder(host.execArguments(argv)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        Process process = builder.start(); // ip becomes the program, under the same process id
        RunningProcess running = RunningProcess.of(process.pid())
                .orElseThrow(() -> new IOException(
                        host + ": " + argv.getFirst() + " ended at once; its messages are in " + output));
        Files.writeString(records.resolve(Long.toString(running.pid())), running + "\n");
        return running;
    }

    public void end(RunningProcess process) throws IOException, InterruptedException {
        process.end(PATIENCE);
        Files.deleteIfExists(records.resolve(Long.toString(process.pid())));
    }

    /** Ends all that was started here, and whatever else still stands in one of the home's namespaces. */
    public void endAll() throws IOException, InterruptedException {
        List<RunningProcess> all = new ArrayList<>(recorded());
        for (HostName host : HostName.values()) {
            all.addAll(standingIn(host));
        }
        all.removeIf(process -> process.pid() == ProcessHandle.current().pid());
        all.stream()
                .filter(RunningProcess::alive)
                .forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy));
        for (RunningProcess process : all) {
            end(process);
        }
    }

    private List<RunningProcess> recorded() throws IOException {
        List<RunningProcess> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(records)) {
            for (Path file : files) {
                found.add(RunningProcess.parse(Files.readString(file)));
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
        return found;
    }

    /** Every process whose main thread stands in the namespace: both files are the namespace's inode. */
    private List<RunningProcess> standingIn(HostName host) throws IOException {
        Path namespace = Path.of("/run/netns", lab.namespaceName(host));
        if (!Files.exists(namespace)) {
            return List.of();
        }
        String identity = identity(namespace);
        return ProcessHandle.allProcesses()
                .filter(process -> identity.equals(namespaceOf(process.pid())))
                .flatMap(process -> RunningProcess.of(process.pid()).stream())
                .toList();
    }

    private static String namespaceOf(long pid) {
        try {
            return identity(Path.of("/proc", Long.toString(pid), "ns/net"));
        } catch (IOException endedMeanwhile) {
            return "none";
        }
    }

    private static String identity(Path namespace) throws IOException {
        return Files.getAttribute(namespace, "unix:dev") + ":" + Files.getAttribute(namespace, "unix:ino");
    }
}
