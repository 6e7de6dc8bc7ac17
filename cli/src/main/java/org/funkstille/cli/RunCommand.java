package org.funkstille.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.funkstille.core.model.Home;
import org.funkstille.guard.GuardEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code funkstille run}. */
@Command(name = "run", description = "Guard the router until told to stop; for a service.")
final class RunCommand extends FunkstilleCommand {

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "look this often when nothing changes (default: ${DEFAULT-VALUE})")
    private int interval = 30;

    @Override
    int run(Output output) throws Exception {
        if (output.json()) {
            throw new Failure("run has no end and --json prints one document; leave --json out");
        }
        HomeFile file = HomeFile.find(options().config);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread ending = new Thread(() -> endGuard(stop, stopped), "end");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            Home home = file.read();
            while (stop.getCount() > 0) {
                home = guardUntilChanged(file, home, stop, output);
            }
            return Exit.OK;
        } finally {
            stopped.countDown();
        }
    }

    private static void endGuard(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return the home to guard next */
    private Home guardUntilChanged(HomeFile file, Home home, CountDownLatch stop, Output output) throws Exception {
        try (Session session = Session.open(file, home);
                GuardThread guard = GuardThread.start(
                        session, Duration.ofSeconds(Math.max(1, interval)), event -> say(event, output))) {
            int devices = session.home().devices().size();
            output.line("Guarding " + devices + (devices == 1 ? " device" : " devices") + " on router "
                    + home.routers().getFirst().name() + ".");
            ConfigurationWatch configuration = new ConfigurationWatch(file, home);
            while (!stop.await(1, TimeUnit.SECONDS)) {
                guard.throwIfEnded();
                Home next = configuration.look(output);
                if (!next.equals(home)) {
                    output.line(file.path() + " has changed; guarding what it says now.");
                    return next;
                }
            }
            return home;
        }
    }

    private static void say(GuardEvent event, Output output) {
        switch (event) {
            case GuardEvent.Judged judged -> output.line(Texts.verdict(judged.verdict(), output));
            case GuardEvent.Noted noted ->
                output.line(Texts.time(noted.at()) + "  " + noted.kind() + ": " + noted.text());
            case GuardEvent.Passed passed -> {
                // in the journal; a verdict tells where it matters
            }
            case GuardEvent.Refused refused -> {
                // thousands a day; see "funkstille attempts"
            }
        }
    }
}
