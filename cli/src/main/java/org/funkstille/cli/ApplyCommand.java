package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.Application;
import org.funkstille.guard.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code funkstille apply}. */
@Command(name = "apply", description = "Change what the plan says, read it back, and verify.")
final class ApplyCommand extends FunkstilleCommand {

    private static final Duration LISTENING = Duration.ofSeconds(1);

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    int run(Output output) throws Exception {
        try (Session session = Session.open(options())) {
            Observation before = session.driver().observe();
            Plan plan = Planner.plan(session.home(), before);
            if (!plan.isEmpty() && !yes && !agreed(plan, output)) {
                throw new Failure("nothing was changed");
            }
            JsonArray applied = JsonArray.create();
            new Application(session.home(), session.driver(), session.state(), session.clock()).apply(change -> {
                output.line("done: " + change.describe());
                applied.add(Documents.change(change).add("ok", true));
            });
            if (plan.isEmpty()) {
                output.line("Nothing to change.");
            }
            output.progress("Verifying …");
            Inspection inspection = new Inspection(session.home(), session.driver(), session.state(), session.clock());
            List<Verdict> verdicts = inspection.inspect(LISTENING);
            verdicts.forEach(verdict -> output.line(Texts.verdict(verdict, output)));
            output.document(JsonObject.create().add("applied", applied).add("verdicts", Documents.verdicts(verdicts)));
            return Exit.OK;
        }
    }

    /** @throws Failure where there is nobody to ask */
    static boolean agreed(Plan plan, Output output) {
        if (!output.terminal() || output.json()) {
            throw new Failure("there is nobody to ask whether to make these changes; say --yes");
        }
        Texts.plan(plan).forEach(output::line);
        String answer = Output.ask("Make these changes? [y/N] ");
        return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|j|ja");
    }
}
