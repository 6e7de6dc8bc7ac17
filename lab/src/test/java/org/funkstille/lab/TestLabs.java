package org.funkstille.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names for labs that nobody else uses, and what may be left of them. */
final class TestLabs {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestLabs() {}

    static void assumeRoot() throws IOException {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
    }

    static String newName() {
        return "test-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    }

    static void assertNothingIsLeftOf(String lab) throws IOException {
        assertThat(named(Path.of("/run/netns"), lab + "-")).as("namespaces").isEmpty();
        assertThat(named(Path.of("/etc/netns"), lab + "-")).as("resolver files").isEmpty();
        assertThat(Path.of("/run/funkstille/labs", lab)).doesNotExist();
        assertThat(processesOf(lab)).as("processes").isEmpty();
    }

    /** The programs of a lab have its state directory in their arguments, its daemon the name. */
    static List<ProcessHandle> processesOf(String lab) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(lab)
                                || String.join(" ", arguments).contains("/labs/" + lab + "/"))
                        .isPresent())
                .toList();
    }

    static Set<String> namespacesOfOwnThreads() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.map(TestLabs::namespaceOf).flatMap(Optional::stream).collect(Collectors.toSet());
        }
    }

    private static Optional<String> namespaceOf(Path thread) {
        try {
            return Optional.of(Files.readSymbolicLink(thread.resolve("ns/net")).toString());
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private static List<Path> named(Path directory, String prefix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }
}
