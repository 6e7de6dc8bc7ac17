package org.funkstille.lab.kernelproof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One shell in the router's namespace for all programs that run there: starting one from it costs a thousandth of a
 * second, from Java and with {@code ip netns exec} many.
 */
final class RouterShell implements AutoCloseable {

    private static final String END = "--end-of-answer--";

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final Path directory;

    private RouterShell(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** @param directory where input goes */
    static RouterShell open(Rig rig, Path directory) throws IOException {
        Process process = new ProcessBuilder("ip", "netns", "exec", rig.routerName(), "sh")
                .redirectErrorStream(true)
                .start();
        return new RouterShell(process, directory);
    }

    /** @param out standard output and error */
    record Answer(int exit, String out) {

        boolean ok() {
            return exit == 0;
        }
    }

    /** A file that commands may name. */
    Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    /** Runs one command line. */
    Answer run(String line) throws IOException {
        questions.write("{ " + line + "; } </dev/null; echo \"\n" + END + "$?\"\n");
        questions.flush();
        StringBuilder out = new StringBuilder();
        while (true) {
            String read = answers.readLine();
            if (read == null) {
                throw new IOException("the router's shell ended: " + out);
            }
            if (read.startsWith(END)) {
                return new Answer(Integer.parseInt(read.substring(END.length())), out.toString());
            }
            out.append(read).append('\n');
        }
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
