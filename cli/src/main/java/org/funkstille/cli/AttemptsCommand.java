package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.funkstille.core.config.Quantities;
import org.funkstille.core.model.Home;
import org.funkstille.guard.StateFolder;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalReader;
import org.funkstille.journal.Order;
import org.funkstille.journal.StoredAttempt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code funkstille attempts}. Reads the journal; the guard writes it. */
@Command(name = "attempts", description = "What was refused.")
final class AttemptsCommand extends FunkstilleCommand {

    private static final int MOST = 100_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "only of this one")
    private Optional<String> device = Optional.empty();

    @Option(names = "--since", paramLabel = "DURATION", description = "how far back (default: ${DEFAULT-VALUE})")
    private String since = "1h";

    @Option(names = "--follow", description = "go on with what comes, until interrupted")
    private boolean follow;

    @Override
    int run(Output output) {
        Duration back = Quantities.duration(since)
                .orElseThrow(() -> new Failure("\"" + since + "\" is not a duration; write 90s, 15m, 2h or 7d"));
        if (follow && output.json()) {
            throw new Failure("--follow has no end and --json prints one document; leave one of them out");
        }
        HomeFile file = HomeFile.find(options().config);
        Home home = file.read();
        device.filter(name -> home.device(name).isEmpty()).ifPresent(name -> {
            throw new Failure("there is no device \"" + name + "\" in " + file.path());
        });
        JournalReader journal =
                Journal.openForReading(StateFolder.of(home, System.getenv()).journal(home));
        Instant from = Clock.systemUTC().instant().minus(back);
        long newest = journal.newestAttempt();
        List<StoredAttempt> found = journal.attempts(from, device, Order.OLDEST_FIRST, MOST);
        JsonArray array = JsonArray.create();
        for (StoredAttempt attempt : found) {
            output.line(Texts.attempt(attempt.attempt()));
            array.add(Documents.attempt(attempt.attempt()));
        }
        if (found.isEmpty()) {
            output.line("Nothing was refused in the last " + Quantities.text(back) + ".");
        }
        output.document(JsonObject.create().add("attempts", array));
        while (follow) {
            for (StoredAttempt attempt : journal.attemptsAfter(newest, device, MOST)) {
                newest = attempt.id();
                output.line(Texts.attempt(attempt.attempt()));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return Exit.OK;
    }
}
