package org.funkstille.routers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;

/** This machine, or a network namespace of it. */
public final class LocalConnection implements RouterConnection {

    private final NetworkNamespace namespace;
    private final Path root;

    public LocalConnection(NetworkNamespace namespace, Path root) {
        this.namespace = namespace;
        this.root = root;
    }

    @Override
    public Command.Result run(List<String> argv, String input) throws RouterException {
        requireNamespace();
        try {
            return new Command(inNamespace(argv), input, USUAL_LIMIT).run();
        } catch (IOException failed) {
            if (String.valueOf(failed.getMessage()).contains("No such file or directory")) {
                return new Command.Result(127, "", argv.getFirst() + ": not found");
            }
            throw new RouterException.Unreachable("cannot run " + argv.getFirst() + ": " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RouterException.Unreachable("interrupted while running " + argv.getFirst(), interrupted);
        }
    }

    /** Without a shell, which would take longer than the program. */
    @Override
    public Command.Result runOnFile(List<String> argv, String content) throws RouterException {
        try {
            Path file = Files.createTempFile("funkstille", ".input");
            try {
                Files.writeString(file, content);
                List<String> whole = new ArrayList<>(argv);
                whole.add(file.toString());
                return run(whole, "");
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new RouterException.Refused("cannot write a temporary file: " + failed);
        }
    }

    @Override
    public InputStream start(List<String> argv) throws RouterException {
        requireNamespace();
        try {
            Process process = new ProcessBuilder(inNamespace(argv))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new FilterInputStream(process.getInputStream()) {
                @Override
                public void close() throws IOException {
                    process.destroyForcibly();
                    super.close();
                }
            };
        } catch (IOException failed) {
            throw new RouterException.Unreachable(
                    "cannot start " + argv.getFirst() + ": " + failed.getMessage(), failed);
        }
    }

    private void requireNamespace() throws RouterException {
        if (!namespace.exists()) {
            throw new RouterException.Unreachable("there is no " + namespace + "; is it up? (ip netns list)");
        }
    }

    private List<String> inNamespace(List<String> argv) {
        if (namespace.name().isEmpty()) {
            return argv;
        }
        // nsenter rather than "ip netns exec": it makes no mount namespace, so files stay where they are.
        List<String> wrapped = new ArrayList<>(
                List.of("nsenter", "--net=/run/netns/" + namespace.name().get(), "--"));
        wrapped.addAll(argv);
        return wrapped;
    }

    @Override
    public Optional<String> readFile(String path) throws RouterException {
        try {
            return Optional.of(Files.readString(at(path), StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failed) {
            throw failure("read", path, failed);
        }
    }

    @Override
    public void writeFile(String path, String content) throws RouterException {
        Path target = at(path);
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            // A name with a leading dot: dnsmasq passes such files over in its directories.
            Path fresh = target.resolveSibling("." + target.getFileName() + ".new");
            Files.writeString(fresh, content);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw failure("write", path, failed);
        }
    }

    @Override
    public boolean deleteFile(String path) throws RouterException {
        try {
            return Files.deleteIfExists(at(path));
        } catch (IOException failed) {
            throw failure("delete", path, failed);
        }
    }

    @Override
    public List<String> listFolder(String path) throws RouterException {
        try (Stream<Path> entries = Files.list(at(path))) {
            return entries.map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return List.of();
        } catch (IOException failed) {
            throw failure("list", path, failed);
        }
    }

    /** Namespaces share the machine's clock and zone. */
    @Override
    public Optional<ZoneId> zone() {
        return Optional.of(ZoneId.systemDefault());
    }

    @Override
    public String realPath(String path) {
        return at(path).toString();
    }

    private Path at(String path) {
        Path relative = Path.of(path.startsWith("/") ? path.substring(1) : path);
        // A path that is given with its root already is taken as it is.
        return Path.of(path).startsWith(root) ? Path.of(path) : root.resolve(relative);
    }

    private static RouterException failure(String verb, String path, IOException failed) {
        String message = "cannot " + verb + " " + path + " on the router: " + failed;
        return failed instanceof AccessDeniedException
                ? new RouterException.NotPermitted(message + "; Funkstille needs root here")
                : new RouterException.Refused(message);
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
