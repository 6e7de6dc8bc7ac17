package org.funkstille.bench.evidence;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Samples;
import org.funkstille.bench.Stage;
import org.funkstille.core.net.Addresses;
import org.funkstille.evidence.filterlog.FilterLogCounts;
import org.funkstille.evidence.filterlog.FilterLogSummary;
import org.funkstille.kernel.Command;

/**
 * Reads a saved filter log: lines for each second of processor time, all threads of the process counted, beside mawk
 * with a script for the same question and {@code wc -l}, which only looks for line feeds. They take turns. All must say
 * the same. Needs no root.
 *
 * <p>Argument: lines (default 2,000,000).
 */
public final class FilterLogBench {

    private static final double GOAL = 2_000_000;
    private static final int TURNS = 7;
    private static final Pattern CHILDREN_TIME = Pattern.compile("([0-9]+)m([0-9.]+)s ([0-9]+)m([0-9.]+)s");

    private static final String SCRIPT = """
            BEGIN {
                FS = ","
                split(rules, list, " ")
                for (place in list) ours[list[place]]
            }
            $7 == "block" && $4 in ours {
                if ($9 == 4) { at = 19; protocol = $16 } else { at = 16; protocol = $14 }
                port = protocol == 6 || protocol == 17 ? $(at + 3) : 0
                count[$at "," $(at + 1) "," protocol "," port]++
            }
            END { for (pair in count) print pair " " count[pair] }
            """;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final PrintStream out;
    private final Path file;
    private final long lines;

    private FilterLogBench(PrintStream out, Path file, long lines) {
        this.out = out;
        this.file = file;
        this.lines = lines;
    }

    public static void main(String[] arguments) throws Exception {
        long lines = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
        try (Stage stage = Stage.open()) {
            Path file = stage.folder().resolve("filter.log");
            Map<String, Long> expected = new SyntheticFilterLog().write(file, lines);
            new FilterLogBench(System.out, file, lines).measure(expected);
        }
    }

    private void measure(Map<String, Long> expected) throws Exception {
        boolean mawk = Command.of("sh", "-c", "command -v mawk").run().ok();
        Samples first = new Samples();
        Samples ours = new Samples();
        Samples others = new Samples();
        Samples lineFeeds = new Samples();
        for (int turn = 0; turn < TURNS; turn++) {
            require(expected, summarize(turn == 0 ? first : ours), "the summary");
            if (mawk) {
                require(expected, aggregate(others), "mawk");
            }
            countLineFeeds(lineFeeds);
        }
        Goal.none(out, "filter log: lines", (double) lines, "");
        Goal.none(out, "filter log: size", Files.size(file) / 1e6, "MB");
        Goal.none(out, "filter log: pairs of source and destination", expected.size(), "");
        Goal.atLeast(GOAL).print(out, "filter log: lines a second of processor time", rate(ours), "/s");
        Goal.none(out, "  the best of them, least disturbed by other work", rate(ours.best()), "/s");
        Goal.none(out, "  the first time, with compiling", rate(first), "/s");
        if (mawk) {
            Goal.none(out, "  mawk", rate(others), "/s");
            Goal.none(out, "  ours / mawk", rate(ours) / rate(others), "times");
        } else {
            out.println("  mawk is not installed: nothing to compare with");
        }
        Goal.none(out, "  wc -l, which only finds line feeds", rate(lineFeeds), "/s");
        Goal.none(out, "  ours / wc -l", rate(ours) / rate(lineFeeds), "times");
    }

    private double rate(Samples samples) {
        return rate(samples.median());
    }

    private double rate(double milliseconds) {
        return Math.rint((double) lines * 1000 / milliseconds);
    }

    private Map<String, Long> summarize(Samples samples) throws IOException {
        long began = system.getProcessCpuTime();
        FilterLogSummary summary = new FilterLogSummary(SyntheticFilterLog.rules());
        try (InputStream stream = Files.newInputStream(file)) {
            summary.read(stream);
        }
        List<FilterLogSummary.Refusals> refusals = summary.refusals();
        samples.add((system.getProcessCpuTime() - began) / (double) TimeUnit.MILLISECONDS.toNanos(1));
        FilterLogCounts counts = summary.counts();
        if (counts.lines() != lines || counts.malformed() + counts.tooLong() + summary.unlisted() > 0) {
            throw new IllegalStateException(lines + " lines, but " + counts);
        }
        Map<String, Long> found = new HashMap<>();
        for (FilterLogSummary.Refusals refused : refusals) {
            found.put(
                    Addresses.text(refused.source()) + ","
                            + Addresses.text(refused.destination().address()) + ","
                            + refused.destination().protocol().number() + ","
                            + refused.destination().port(),
                    refused.packets());
        }
        return found;
    }

    private Map<String, Long> aggregate(Samples samples) throws Exception {
        String rules = String.join(" ", SyntheticFilterLog.rules().keySet());
        String printed = timed(samples, "mawk -v rules=\"$1\" \"$2\" \"$0\"", file.toString(), rules, SCRIPT);
        Map<String, Long> found = new HashMap<>();
        printed.lines().forEach(line -> {
            int space = line.indexOf(' ');
            found.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        });
        return found;
    }

    private void countLineFeeds(Samples samples) throws Exception {
        String printed = timed(samples, "wc -l < \"$0\"", file.toString());
        if (Long.parseLong(printed.strip()) != lines) {
            throw new IllegalStateException("wc -l says " + printed);
        }
    }

    /** Runs a shell command and adds the processor time of what it started, user and system. */
    private static String timed(Samples samples, String command, String... arguments) throws Exception {
        List<String> whole =
                new ArrayList<>(List.of("sh", "-c", "LC_ALL=C; export LC_ALL; " + command + " && times >&2"));
        whole.addAll(List.of(arguments));
        Command.Result result = Command.of(whole).run();
        String[] times = result.err().strip().split("\n", -1);
        Matcher children = CHILDREN_TIME.matcher(times[times.length - 1].strip());
        if (!result.ok() || !children.matches()) {
            throw new IOException(command + ": " + result.err());
        }
        double seconds = 60.0 * (Integer.parseInt(children.group(1)) + Integer.parseInt(children.group(3)))
                + Double.parseDouble(children.group(2))
                + Double.parseDouble(children.group(4));
        samples.add(Math.max(1, seconds * 1000));
        return result.out();
    }

    private static void require(Map<String, Long> expected, Map<String, Long> found, String who) {
        if (!found.equals(expected)) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT, "%s found %,d pairs, there are %,d", who, found.size(), expected.size()));
        }
    }
}
