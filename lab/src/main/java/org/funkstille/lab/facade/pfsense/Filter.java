package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.funkstille.lab.facade.pf.Pf;
import org.funkstille.lab.facade.pf.PfRefusal;

/**
 * Brings the configuration into pf: {@code filter_configure}. What pf says to that nobody is told; a rule set that it
 * refuses leaves the old one at work.
 */
final class Filter implements AutoCloseable {

    /** How long a change in the background keeps people waiting. */
    private static final long DELAY_MILLISECONDS = 150;

    private final Pf pf;
    private final Configuration configuration;
    private final Object lock;
    private final ExecutorService background = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pfsense filter").factory());
    private final Set<String> dirty = new TreeSet<>();
    private Optional<String> refusal = Optional.empty();

    /** @param lock held while the configuration is read */
    Filter(Pf pf, Configuration configuration, Object lock) {
        this.pf = pf;
        this.configuration = configuration;
        this.lock = lock;
    }

    /** Only aliases count as pending: the package's model of rules names no subsystem. */
    void aliasesChanged() {
        synchronized (lock) {
            dirty.add("aliases");
        }
    }

    Set<String> pending() {
        synchronized (lock) {
            return Set.copyOf(dirty);
        }
    }

    /** Why pf did not take the last rule set. */
    Optional<String> refusal() {
        synchronized (lock) {
            return refusal;
        }
    }

    void reload(boolean inBackground) {
        if (inBackground) {
            background.execute(this::reloadLater);
        } else {
            Attempt.to(this::reload);
        }
    }

    private void reloadLater() {
        try {
            Thread.sleep(DELAY_MILLISECONDS);
            reload();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            System.err.println("pfSense of the lab: the rules could not be loaded: " + failed.getMessage());
        }
    }

    private void reload() throws IOException, InterruptedException {
        synchronized (lock) {
            dirty.clear();
            endSchedules();
            try {
                pf.load(new RulesDebug(configuration).ruleset());
                refusal = Optional.empty();
            } catch (PfRefusal refused) {
                refusal = Optional.of(String.valueOf(refused.getMessage()));
            }
        }
    }

    /** filter.inc, filter_rules_generate: the states of rules whose schedule is off are killed by its label. */
    private void endSchedules() throws IOException, InterruptedException {
        for (Json.Fields rule : configuration.rules().objects()) {
            Optional<Json.Fields> schedule =
                    configuration.schedules().named(rule.get("sched").plain());
            if (schedule.isPresent() && !configuration.schedules().isActive(schedule.get())) {
                pf.states().killLabelled("s:" + schedule.get().get("schedlabel").plain());
            }
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
