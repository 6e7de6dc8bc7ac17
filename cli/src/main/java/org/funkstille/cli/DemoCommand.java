package org.funkstille.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.SimulatedRouter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code funkstille demo}. */
@Command(
        name = "demo",
        description = "The virtual home: a gateway phones home, is silenced, and is shown silent."
                + " Exit code 0 only if every part held.")
final class DemoCommand extends FunkstilleCommand {

    private static final String LAB = "funkstille-demo";

    @Option(names = "--once", description = "end when the story is told")
    private boolean once;

    @Option(
            names = "--router",
            paramLabel = "TYPE",
            description = "which router system plays (default: ${DEFAULT-VALUE})")
    private String router = "linux";

    @Override
    int run(Output output) throws Exception {
        if (!DemoRouters.WORDS.contains(router)) {
            throw new Failure("the demo plays on --router " + String.join(", ", DemoRouters.WORDS) + "; not on \""
                    + router + "\"");
        }
        if (options().json && !once) {
            throw new Failure("with --json, say --once as well: one document needs an end");
        }
        output.progress("Building a virtual home of network namespaces …");
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch cleaned = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupted.countDown();
            awaitQuietly(cleaned);
        }));
        try (Lab lab = Lab.up(LAB);
                SimulatedRouter system = DemoRouters.takeOver(lab, router)) {
            DemoResult result = play(lab, system, output, interrupted);
            output.document(result.document());
            return result.held() ? Exit.OK : Exit.ERROR;
        } finally {
            cleaned.countDown();
        }
    }

    private DemoResult play(Lab lab, SimulatedRouter system, Output output, CountDownLatch interrupted)
            throws Exception {
        Demo demo = new Demo(lab, system, output);
        try (Session session = demo.session()) {
            List<DemoResult.Reached> before = demo.before();
            List<DemoResult.Step> steps = demo.steps();
            long reportsBefore = lab.hub().reports().reports();
            try (GuardThread _ = demo.guard()) {
                DemoResult.After after = demo.after(before);
                DemoResult.Window window = demo.window();
                Verdict verdict = demo.inspect();
                long reports = lab.hub().reports().reports();
                DemoResult result = new DemoResult(
                        session.home().routers().getFirst().type().word(),
                        verdict.device(),
                        before,
                        steps,
                        after,
                        window,
                        reports,
                        reports > reportsBefore,
                        verdict);
                conclude(result, reports - reportsBefore, output);
                if (!once) {
                    output.line("The virtual home goes on; Ctrl-C ends it. Look around in another terminal:");
                    output.line("    ./funkstille verify -c " + session.file().path());
                    interrupted.await();
                }
                return result;
            }
        }
    }

    private static void conclude(DemoResult result, long reportsSince, Output output) {
        output.line("All the while the hub went on receiving reports: " + reportsSince
                + " since the gateway was silenced.");
        output.line(output.strong("Verdict") + ": " + Texts.verdict(result.verdict(), output));
        Texts.witnesses(result.verdict()).forEach(output::line);
        output.line(result.held() ? output.good("Every part held.") : output.bad("Not every part held."));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
    }
}
