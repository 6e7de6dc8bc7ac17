package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Savepoints of the rules, and the timer that goes back to one (opnsense/core up to 26.1, rollback_timer.php): 60
 * seconds, one at a time, and for a revision that there is no file of it does nothing.
 */
final class Rollback {

    private static final Duration TIME = Duration.ofSeconds(60);

    private final Box box;
    private Optional<Timer> timer = Optional.empty();

    private record Timer(String revision, Instant due) {}

    Rollback(Box box) {
        this.box = box;
    }

    Object savepoint(Call call) throws UserException {
        if (!call.isPost()) {
            return Json.object("status", "error");
        }
        box.configuration().save();
        return Json.object(
                "status",
                "ok",
                "retention",
                Integer.toString(Configuration.BACKUPS),
                "revision",
                box.configuration().shownRevision());
    }

    void arm(String revision) {
        if (timer.isEmpty() && !box.isPretending()) {
            timer = Optional.of(new Timer(revision, box.clock().instant().plus(TIME)));
        }
    }

    Object cancel(Call call) {
        if (!call.isPost()) {
            return Json.object("status", "error");
        }
        boolean mine = timer.filter(running ->
                        call.parameter(0).filter(running.revision()::equals).isPresent())
                .isPresent();
        if (mine && !box.isPretending()) {
            timer = Optional.empty();
        }
        return Json.object("status", "ok");
    }

    Object revert(Call call) throws IOException, InterruptedException {
        Optional<Configuration.Backup> backup = call.parameter(0).flatMap(box.configuration()::backup);
        if (!call.isPost() || backup.isEmpty()) {
            return Json.object("status", call.isPost() ? "unknown (or removed) savepoint" : "error");
        }
        goBack(backup.get());
        return Json.object("status", "ok");
    }

    /** To be called every few seconds. */
    void tick() throws IOException, InterruptedException {
        if (timer.isEmpty() || box.clock().instant().isBefore(timer.get().due())) {
            return;
        }
        Optional<Configuration.Backup> backup =
                box.configuration().backup(timer.get().revision());
        timer = Optional.empty();
        if (backup.isPresent()) {
            goBack(backup.get());
        }
    }

    /** Only the rules go back. */
    private void goBack(Configuration.Backup backup) throws IOException, InterruptedException {
        ItemList rules = box.configuration().rules();
        rules.restore(backup.state().items().getOrDefault(rules.name(), rules.all()));
        box.loadRules();
    }

    void forget() {
        timer = Optional.empty();
    }
}
