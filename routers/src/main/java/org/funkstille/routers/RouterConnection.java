package org.funkstille.routers;

import java.io.InputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.kernel.Command;

/**
 * Runs programs and keeps files on a router. Paths are the router's own ({@code /etc/...}); where its files live under
 * another root, the connection puts that in front.
 */
public interface RouterConnection extends AutoCloseable {

    Duration USUAL_LIMIT = Duration.ofSeconds(30);

    /**
     * Runs a program to its end.
     *
     * @return also where its exit code is not 0
     */
    Command.Result run(List<String> argv, String input) throws RouterException;

    /**
     * Runs a program that is given a file with this content as its last argument; the file is gone afterwards.
     *
     * @return also where its exit code is not 0
     */
    default Command.Result runOnFile(List<String> argv, String content) throws RouterException {
        String script = "f=$(mktemp) && cat > \"$f\" && \"$@\" \"$f\"; r=$?; rm -f \"$f\"; exit $r";
        List<String> shell = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        shell.addAll(argv);
        return run(shell, content);
    }

    default Command.Result run(String... argv) throws RouterException {
        return run(List.of(argv), "");
    }

    /** Starts a program that goes on; closing the stream ends it. */
    InputStream start(List<String> argv) throws RouterException;

    /** Nothing where there is no such file. */
    Optional<String> readFile(String path) throws RouterException;

    /** Makes the folders above it, and puts the whole file in place at once. */
    void writeFile(String path, String content) throws RouterException;

    /** @return false where there was no such file */
    boolean deleteFile(String path) throws RouterException;

    /** The names in a folder, sorted, those of folders with a slash behind them; none where there is no such folder. */
    List<String> listFolder(String path) throws RouterException;

    /** The time zone that the router's programs tell times in; nothing where it does not say. */
    Optional<ZoneId> zone() throws RouterException;

    /** The path as programs on the router must be given it. */
    String realPath(String path);

    @Override
    void close();
}
