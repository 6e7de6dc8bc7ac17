package org.funkstille.bench.journal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Samples;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.net.Addresses;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalReader;
import org.funkstille.journal.JournalWriter;
import org.funkstille.journal.Order;

/**
 * Fills a journal and asks it. Arguments: number of attempts (10,000,000 unless told), directory for the files (the
 * system's temporary one unless told).
 */
public final class JournalBench {

    private static final long SEED = 20260101;
    private static final int BATCH = 10_000;
    private static final int QUERIES = 7;
    private static final JournalSettings ROOMY =
            new JournalSettings(Optional.empty(), Duration.ofDays(60), 4L * 1024 * 1024 * 1024);
    private static final Instant END = SyntheticAttempts.BEGIN.plus(SyntheticAttempts.SPAN);
    private static final Clock CLOCK = Clock.fixed(END, ZoneOffset.UTC);

    private final PrintStream out;
    private final Path directory;

    private JournalBench(PrintStream out, Path directory) {
        this.out = out;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        long attempts = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        Path parent = Path.of(arguments.length > 1 ? arguments[1] : System.getProperty("java.io.tmpdir"));
        Path directory = Files.createTempDirectory(parent, "journal-bench");
        try {
            new JournalBench(System.out, directory).run(attempts);
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private void run(long attempts) throws SQLException, IOException, InterruptedException {
        long few = Math.min(attempts, 1_000_000);
        double naive = naiveRate(few);
        out.printf("plain inserts into a naive table   %,12.0f rows/s  (%,d rows)%n", naive, few);
        double written = writerRate(few);
        out.printf(
                "aggregator and writer              %,12.0f attempts/s  (%.2f of naive)%n", written, written / naive);
        Path file = directory.resolve("journal.db");
        double appended = fill(file, attempts);
        out.printf(
                "append, batches of %,d          %,12.0f rows/s  (%.2f of naive; %,d rows)%n",
                BATCH, appended, appended / naive, attempts);
        Goal.atMost(300).print(out, "journal: file of %,d attempts".formatted(attempts), Files.size(file) / 1e6, "MB");
        ask(Journal.openForReading(file));
        tidyAway(file);
    }

    /** Lets the oldest day go, a step at a time: no write waits longer than one step. */
    private void tidyAway(Path file) {
        JournalSettings tighter = new JournalSettings(Optional.empty(), Duration.ofDays(29), ROOMY.maxBytes());
        List<Double> steps = new ArrayList<>();
        try (Journal journal = Journal.open(file, tighter, CLOCK)) {
            boolean more = true;
            while (more) {
                long began = System.nanoTime();
                more = journal.tidy(Duration.ZERO);
                steps.add((System.nanoTime() - began) / 1e6);
            }
        }
        steps.sort(Double::compare);
        out.printf(
                "one step of letting a day go       %,12.1f ms median, %.1f longest, %d steps%n",
                steps.get(steps.size() / 2), steps.getLast(), steps.size());
    }

    private double fill(Path file, long attempts) {
        SyntheticAttempts source = new SyntheticAttempts(SEED, attempts);
        long spent = 0;
        try (Journal journal = Journal.open(file, ROOMY, CLOCK)) {
            for (List<Attempt> batch = source.next(BATCH); !batch.isEmpty(); batch = source.next(BATCH)) {
                long began = System.nanoTime();
                journal.append(batch);
                spent += System.nanoTime() - began;
            }
        }
        return attempts / (spent / 1e9);
    }

    /**
     * One thread adds, then waits for the writer; so the time is that of both, on one core. Hardly any two attempts of a
     * batch are alike, so nearly all become rows.
     */
    private double writerRate(long attempts) throws InterruptedException, IOException {
        SyntheticAttempts source = new SyntheticAttempts(SEED, attempts);
        Path file = directory.resolve("writer.db");
        int batchSize = JournalWriter.Limits.DEFAULT.attempts() / 2 - 1;
        long spent = 0;
        try (JournalWriter writer = JournalWriter.start(
                file, ROOMY, CLOCK, notice -> out.println(notice.message()), JournalWriter.Limits.DEFAULT)) {
            writer.flush();
            for (List<Attempt> batch = source.next(batchSize); !batch.isEmpty(); batch = source.next(batchSize)) {
                long began = System.nanoTime();
                for (Attempt attempt : batch) {
                    writer.add(attempt);
                }
                writer.flush();
                spent += System.nanoTime() - began;
            }
            long rows = Journal.openForReading(file).attemptTotals(SyntheticAttempts.BEGIN).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            out.printf("  lost %,d, found again %,d of %,d%n", writer.lost(), rows, attempts);
        }
        return attempts / (spent / 1e9);
    }

    private void ask(JournalReader reader) {
        Instant from = END.minus(Duration.ofDays(1));
        double[] all = new double[QUERIES];
        double[] one = new double[QUERIES];
        double[] newest = new double[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            all[i] = millis(() -> reader.topDestinations(from, END, Optional.empty(), 10));
            one[i] = millis(() -> reader.topDestinations(from, END, Optional.of("device-7"), 10));
            newest[i] = millis(() -> reader.attempts(from, Optional.of("device-7"), Order.NEWEST_FIRST, 100));
        }
        Samples millis = new Samples();
        Arrays.stream(all).forEach(millis::add);
        Goal.atMost(500).print(out, "journal: top 10 of each device, 24 h", millis.median(), "ms");
        print("top 10 of each device, 24 h", all);
        print("top 10 of one device, 24 h", one);
        print("newest 100 of one device", newest);
    }

    private void print(String what, double[] millis) {
        double first = millis[0];
        Arrays.sort(millis);
        out.printf(
                "%-34s %,12.1f ms best, %.1f median, %.1f first%n", what, millis[0], millis[millis.length / 2], first);
    }

    private static double millis(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e6;
    }

    private double naiveRate(long attempts) throws SQLException {
        SyntheticAttempts source = new SyntheticAttempts(SEED, attempts);
        long spent = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("naive.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("CREATE TABLE attempt (id INTEGER PRIMARY KEY, at INTEGER, device TEXT, address TEXT,"
                    + " protocol INTEGER, port INTEGER, name TEXT, packets INTEGER)");
            statement.execute("CREATE INDEX attempt_at ON attempt (at)");
            connection.setAutoCommit(false);
            for (List<Attempt> batch = source.next(BATCH); !batch.isEmpty(); batch = source.next(BATCH)) {
                long began = System.nanoTime();
                insertNaively(connection, batch);
                connection.commit();
                spent += System.nanoTime() - began;
            }
        }
        return attempts / (spent / 1e9);
    }

    private static void insertNaively(Connection connection, List<Attempt> batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO attempt (at, device, address, protocol, port, name, packets) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Attempt attempt : batch) {
                insert.setLong(1, attempt.at().toEpochMilli());
                insert.setString(2, attempt.device());
                insert.setString(3, Addresses.text(attempt.destination().address()));
                insert.setInt(4, attempt.destination().protocol().number());
                insert.setInt(5, attempt.destination().port());
                insert.setString(6, attempt.name().orElse(null));
                insert.setLong(7, attempt.packets());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
