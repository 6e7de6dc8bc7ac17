package org.funkstille.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program to its end. No shell is involved: arguments reach the program as they are.
 *
 * @param argv the program and its arguments
 * @param input what it reads from standard input
 * @param limit after this it is ended, by its process id, and the run fails
 */
public record Command(List<String> argv, String input, Duration limit) {

    private static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    public Command {
        argv = List.copyOf(argv);
    }

    public static Command of(String... argv) {
        return new Command(List.of(argv), "", USUAL_LIMIT);
    }

    public static Command of(List<String> argv) {
        return new Command(argv, "", USUAL_LIMIT);
    }

    public Command withInput(String text) {
        return new Command(argv, text, limit);
    }

    public Command within(Duration newLimit) {
        return new Command(argv, input, newLimit);
    }

    /**
     * What a program left behind.
     *
     * @param exit its exit code
     */
    public record Result(int exit, String out, String err) {

        public boolean ok() {
            return exit == 0;
        }
    }

    /** @throws IOException where the program cannot be started, or did not end in time */
    public Result run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).start();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> out = readers.submit(() -> readAll(process.getInputStream()));
            Future<byte[]> err = readers.submit(() -> readAll(process.getErrorStream()));
            Thread.startVirtualThread(() -> writeAll(process.getOutputStream()));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException(argv.getFirst() + " did not end within " + limit.toSeconds() + " s");
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private void writeAll(OutputStream stdin) {
        try (stdin) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException programStoppedReading) {
            // its exit code and messages say why
        }
    }

    private static byte[] readAll(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }

    private static String text(Future<byte[]> bytes) throws IOException, InterruptedException {
        try {
            return new String(bytes.get(), StandardCharsets.UTF_8);
        } catch (ExecutionException failed) {
            throw new IOException("reading a program's output", failed.getCause());
        }
    }
}
