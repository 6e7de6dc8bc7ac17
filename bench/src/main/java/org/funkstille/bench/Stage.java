package org.funkstille.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Network namespaces and a folder of one benchmark. Both are gone when it is closed, or when the process is ended by a
 * signal.
 */
public final class Stage implements AutoCloseable {

    private static final String PREFIX = "fkb" + ProcessHandle.current().pid();

    private final List<String> namespaces = new ArrayList<>();
    private final Path folder;
    private final Thread atEnd = new Thread(this::clear, "stage");

    private Stage(Path folder) {
        this.folder = folder;
    }

    public static Stage open() throws IOException {
        Stage stage = new Stage(Files.createTempDirectory("funkstille-bench"));
        Runtime.getRuntime().addShutdownHook(stage.atEnd);
        return stage;
    }

    public Path folder() {
        return folder;
    }

    /** Makes a namespace, with its loopback up. */
    public NetworkNamespace namespace(String name) throws IOException, InterruptedException {
        String full = PREFIX + name;
        namespaces.add(full);
        run(List.of("ip", "netns", "add", full));
        run(List.of("ip", "-n", full, "link", "set", "lo", "up"));
        return NetworkNamespace.named(full);
    }

    /** A cable between two namespaces, both ends up. */
    public void cable(NetworkNamespace one, String oneEnd, NetworkNamespace other, String otherEnd)
            throws IOException, InterruptedException {
        String peer = nameOf(other);
        ip(one, "link add " + oneEnd + " type veth peer name " + otherEnd + " netns " + peer);
        ip(one, "link set " + oneEnd + " up");
        ip(other, "link set " + otherEnd + " up");
    }

    /** Runs ip(8) on a namespace. */
    public void ip(NetworkNamespace namespace, String arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("ip", "-n", nameOf(namespace)));
        argv.addAll(List.of(arguments.split(" ")));
        run(argv);
    }

    /** Loads rules in nft's own language. */
    public void rules(NetworkNamespace namespace, String rules) throws IOException, InterruptedException {
        in(namespace, rules, "nft", "-f", "-");
    }

    public void set(NetworkNamespace namespace, String parameter, int value) throws IOException, InterruptedException {
        in(namespace, "", "sysctl", "-qw", parameter + "=" + value);
    }

    /** Runs a program in a namespace, to its end. */
    public String in(NetworkNamespace namespace, String input, String... argv)
            throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + nameOf(namespace), "--"));
        whole.addAll(List.of(argv));
        return checked(Command.of(whole).withInput(input));
    }

    private static String nameOf(NetworkNamespace namespace) {
        return namespace.name().orElseThrow();
    }

    private static void run(List<String> argv) throws IOException, InterruptedException {
        checked(Command.of(argv));
    }

    private static String checked(Command command) throws IOException, InterruptedException {
        Command.Result result = command.run();
        if (!result.ok()) {
            throw new IOException(
                    String.join(" ", command.argv()) + ": " + result.err().strip());
        }
        return result.out();
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException endingAnyway) {
            // this is what the hook is for
        }
    }

    private synchronized void clear() {
        for (String namespace : namespaces.reversed()) {
            try {
                Command.of("ip", "netns", "del", namespace).run();
            } catch (IOException failed) {
                System.err.println("the namespace " + namespace + " is left: " + failed.getMessage());
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
        namespaces.clear();
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.of()) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException failed) {
            System.err.println("the folder " + folder + " is left: " + failed.getMessage());
        }
    }
}
