package org.funkstille.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command that was run in this process, with what it said. */
record Run(int exit, String out, String err) {

    static Run of(String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream outNow = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errNow = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(outNow);
            System.setErr(errNow);
            int exit = Main.commandLine().execute(arguments);
            return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }
}
