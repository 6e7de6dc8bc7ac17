package org.funkstille.cli;

import io.avaje.json.node.JsonNode;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import org.funkstille.guard.JsonText;

/**
 * Standard output for what was asked for, standard error for everything else. With {@code --json}, standard output gets
 * one JSON document and nothing besides.
 */
final class Output {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean colour;
    private final boolean terminal;

    private Output(PrintStream out, PrintStream err, boolean json, boolean colour, boolean terminal) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.colour = colour;
        this.terminal = terminal;
    }

    static Output of(GlobalOptions options) {
        boolean terminal = console().filter(Console::isTerminal).isPresent();
        boolean colour = terminal && !options.noColor && System.getenv("NO_COLOR") == null;
        return new Output(System.out, System.err, options.json, colour, terminal);
    }

    private static Optional<Console> console() {
        return Optional.ofNullable(System.console());
    }

    /** What the user answers to a question; empty where there is nobody to ask. */
    static String ask(String question) {
        return console().map(console -> console.readLine(question)).orElse("");
    }

    boolean json() {
        return json;
    }

    boolean terminal() {
        return terminal;
    }

    /** A line for people; nothing with {@code --json}. */
    void line(String text) {
        if (!json) {
            out.println(text);
        }
    }

    /** The document for programs; nothing without {@code --json}. */
    void document(JsonNode document) {
        if (json) {
            out.println(JsonText.of(document));
        }
    }

    /** What is being done, on a terminal only. */
    void progress(String text) {
        if (terminal) {
            err.println(text);
        }
    }

    /** What the user must know, wherever the output goes. */
    void message(String text) {
        err.println("funkstille: " + text);
    }

    String good(String text) {
        return paint(text, 32);
    }

    String bad(String text) {
        return paint(text, 31);
    }

    String doubtful(String text) {
        return paint(text, 33);
    }

    String strong(String text) {
        return paint(text, 1);
    }

    private String paint(String text, int code) {
        return colour && !json ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
