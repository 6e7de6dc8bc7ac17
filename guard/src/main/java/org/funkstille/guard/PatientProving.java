package org.funkstille.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.routers.SavedRules;

/**
 * Proves on a thread of its own. A large home on a small router takes seconds, and rules that somebody damages must be
 * repaired meanwhile: who asks waits a moment, and is told later that the proof is there. Used by one thread.
 */
final class PatientProving implements ProofSource, AutoCloseable {

    /** Rules may nest deep, and threads of a service have small stacks. */
    private static final long STACK_BYTES = 8 * 1024 * 1024;

    private final Home home;
    private final Proving proving;
    private final Duration patience;
    private final Consumer<String> wake;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work ->
            Thread.ofPlatform().name("proof").daemon().stackSize(STACK_BYTES).unstarted(work));

    private Optional<CompletableFuture<Map<String, RuleProof>>> asked = Optional.empty();

    /**
     * @param patience how long one waits
     * @param wake told when a proof is there that nobody waited for
     */
    PatientProving(Home home, Proving proving, Duration patience, Consumer<String> wake) {
        this.home = home;
        this.proving = proving;
        this.patience = patience;
        this.wake = wake;
    }

    @Override
    public Map<String, RuleProof> prove(SavedRules saved, Observation observation, Instant at)
            throws InterruptedException {
        if (working()) {
            // Somebody was told to come back for it, and will ask about the rules of then.
            return all(RuleProof.pending());
        }
        CompletableFuture<Map<String, RuleProof>> work =
                CompletableFuture.supplyAsync(() -> proving.prove(saved, observation, at), worker);
        asked = Optional.of(work);
        try {
            return work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException takesLonger) {
            CompletableFuture<?> _ = work.whenComplete((proofs, failure) -> wake.accept("the proof is finished"));
            return all(RuleProof.pending());
        } catch (ExecutionException failed) {
            return all(RuleProof.notProved("the proof failed: " + failed.getCause()));
        }
    }

    /** As {@link Proving#takeChanges}; nothing while a proof goes on. */
    Map<String, List<String>> takeChanges() {
        return working() ? Map.of() : proving.takeChanges();
    }

    /** As {@link Proving#holdsUntil}; nothing while a proof goes on. */
    Optional<Instant> holdsUntil() {
        return working() ? Optional.empty() : proving.holdsUntil();
    }

    private boolean working() {
        return asked.filter(work -> !work.isDone()).isPresent();
    }

    private Map<String, RuleProof> all(RuleProof proof) {
        return home.devices().stream()
                .filter(Device::restricted)
                .collect(Collectors.toMap(Device::name, device -> proof));
    }

    /** What goes on is let go on; nobody will look at it. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
