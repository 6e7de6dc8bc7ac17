package org.funkstille.bench;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What a number is to be, and the line that says whether it is.
 *
 * @param limit the number that counts as reached, too
 * @param most true where less is better
 */
public record Goal(double limit, boolean most) {

    private static final String LINE = "%-58s %12s %-6s %14s  %s%n";

    public static Goal atMost(double limit) {
        return new Goal(limit, true);
    }

    public static Goal atLeast(double limit) {
        return new Goal(limit, false);
    }

    /** Prints the line of a benchmark: name, number, goal, ok or not. */
    public void print(PrintStream out, String name, double number, String unit) {
        boolean reached = most ? number <= limit : number >= limit;
        out.printf(
                Locale.ROOT,
                LINE,
                name,
                text(number),
                unit,
                (most ? "<= " : ">= ") + text(limit),
                reached ? "ok" : "not");
    }

    /** Prints a number that nothing is asked of. */
    public static void none(PrintStream out, String name, double number, String unit) {
        out.printf(Locale.ROOT, LINE, name, text(number), unit, "", "");
    }

    private static String text(double number) {
        if (number == Math.rint(number)) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return String.format(Locale.ROOT, Math.abs(number) < 10 ? "%.3f" : "%,.1f", number);
    }
}
