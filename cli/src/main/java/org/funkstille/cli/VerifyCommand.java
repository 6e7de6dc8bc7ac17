package org.funkstille.cli;

import io.avaje.json.node.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code funkstille verify}. */
@Command(
        name = "verify",
        description = "Tell what is true of every device, and how that is known."
                + " Exit code 0: all as wanted, 3: not, 1: error.")
final class VerifyCommand extends FunkstilleCommand {

    private static final Duration LISTENING = Duration.ofSeconds(2);

    @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "only this one")
    private Optional<String> device = Optional.empty();

    @Override
    int run(Output output) throws Exception {
        try (Session session = Session.open(options())) {
            device.ifPresent(session::device);
            Inspection inspection = new Inspection(session.home(), session.driver(), session.state(), session.clock());
            if (!inspection.guardRuns()) {
                output.progress("No guard is running; listening for " + LISTENING.toSeconds() + " s …");
            }
            List<Verdict> verdicts = inspection.inspect(LISTENING).stream()
                    .filter(verdict -> device.isEmpty() || device.get().equals(verdict.device()))
                    .toList();
            for (Verdict verdict : verdicts) {
                output.line(Texts.verdict(verdict, output));
                Texts.witnesses(verdict).forEach(output::line);
                Texts.proof(verdict).forEach(output::line);
            }
            output.document(JsonObject.create().add("verdicts", Documents.verdicts(verdicts)));
            boolean asWanted =
                    verdicts.stream().allMatch(verdict -> verdict.status().asWanted());
            return asWanted ? Exit.OK : Exit.NOT_AS_WANTED;
        }
    }
}
