package org.funkstille.lab.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;

/** One host of a virtual home, and how to do something on it. */
public record Host(LabName lab, HostName name) {

    public NetworkNamespace namespace() {
        return lab.namespace(name);
    }

    /**
     * Does something on a thread that stands in this host's namespace, and waits for it. Meant for making sockets and
     * reading what the kernel says. No program may be started there: the JDK's thread that waits for its end would
     * stand in the namespace too, and keep it alive when the lab is gone.
     */
    public <T> T inside(Callable<T> action) throws IOException, InterruptedException {
        try {
            return namespace().call(action);
        } catch (IOException | InterruptedException | RuntimeException expected) {
            throw expected;
        } catch (Exception other) {
            throw new IOException(this + ": " + other.getMessage(), other);
        }
    }

    /** Runs a program as if on this host, with its resolver file, to its end. */
    public Command.Result exec(List<String> argv) throws IOException, InterruptedException {
        return Command.of(execArguments(argv)).run();
    }

    /** What {@link #exec} starts. */
    public List<String> execArguments(List<String> argv) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", lab.namespaceName(name)));
        whole.addAll(argv);
        return whole;
    }

    /**
     * Runs a program in this host's namespace and gives its output.
     *
     * @throws IOException where it fails
     */
    public String run(Command command) throws IOException, InterruptedException {
        return checked(here(command));
    }

    /** The same program with the same input, but on this host. */
    public Command here(Command command) {
        return new Command(execArguments(command.argv()), command.input(), command.limit());
    }

    /** Runs lines of ip(8), one after the other, in this host's namespace. */
    public void ip(String lines) throws IOException, InterruptedException {
        checked(Command.of("ip", "-netns", lab.namespaceName(name), "-batch", "-")
                .withInput(lines));
    }

    private String checked(Command command) throws IOException, InterruptedException {
        Command.Result result = command.run();
        if (!result.ok()) {
            throw new IOException("%s: %s failed with %d: %s"
                    .formatted(
                            this,
                            String.join(" ", command.argv()),
                            result.exit(),
                            result.err().strip()));
        }
        return result.out();
    }

    /** Sets kernel parameters below {@code /proc/sys/net}, which shows each thread those of its own namespace. */
    public void set(List<Setting> settings) throws IOException, InterruptedException {
        inside(() -> {
            for (Setting setting : settings) {
                Path file = Path.of("/proc/sys/net", setting.path());
                Files.writeString(file, setting.value(), StandardOpenOption.WRITE);
            }
            return settings.size();
        });
    }

    /** @param path below {@code /proc/sys/net} */
    public record Setting(String path, String value) {}

    @Override
    public String toString() {
        return "host " + name.text() + " of lab " + lab;
    }
}
