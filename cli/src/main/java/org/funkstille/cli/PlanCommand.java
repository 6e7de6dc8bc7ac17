package org.funkstille.cli;

import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Observation;
import picocli.CommandLine.Command;

/** {@code funkstille plan}. */
@Command(name = "plan", description = "Show what would change. Exit code 0: nothing, 2: changes, 1: error.")
final class PlanCommand extends FunkstilleCommand {

    @Override
    int run(Output output) throws Exception {
        try (Session session = Session.open(options())) {
            Observation observation = session.driver().observe();
            Plan plan = Planner.plan(session.home(), observation);
            Texts.plan(plan).forEach(output::line);
            observation.caveats().forEach(caveat -> output.line("note: " + caveat.text()));
            output.document(Documents.plan(plan, observation));
            return plan.isEmpty() ? Exit.OK : Exit.CHANGES;
        }
    }
}
