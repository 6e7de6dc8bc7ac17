package org.funkstille.lab.guarding;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.GuardEvent;

/** What a guard said. Attempts are counted by destination, so that a flood of them takes no room. */
final class Seen implements Consumer<GuardEvent> {

    private static final Duration STEP = Duration.ofMillis(20);

    /** Whose packets were refused, and where they were going. */
    record Target(String device, Endpoint destination, Optional<String> name) {}

    private final Map<Target, Long> attempts = new HashMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<GuardEvent.Noted> notes = new ArrayList<>();

    @Override
    public synchronized void accept(GuardEvent event) {
        switch (event) {
            case GuardEvent.Refused(Attempt attempt) ->
                attempts.merge(
                        new Target(attempt.device(), attempt.destination(), attempt.name()),
                        attempt.packets(),
                        Long::sum);
            case GuardEvent.Passed(Flow flow) -> flows.add(flow);
            case GuardEvent.Judged(Verdict verdict) -> verdicts.add(verdict);
            case GuardEvent.Noted noted -> notes.add(noted);
        }
    }

    synchronized Map<Target, Long> attempts() {
        return Map.copyOf(attempts);
    }

    synchronized long attempts(String device) {
        return attempts.entrySet().stream()
                .filter(entry -> entry.getKey().device().equals(device))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    synchronized List<Flow> flows(String device) {
        return flows.stream().filter(flow -> flow.device().equals(device)).toList();
    }

    /** Ways out that the device took after this moment. */
    List<Flow> leaks(String device, Instant since) {
        return flows(device).stream()
                .filter(flow -> flow.outside() && flow.began().isAfter(since))
                .toList();
    }

    synchronized List<GuardEvent.Noted> notes(String kind) {
        return notes.stream().filter(noted -> noted.kind().equals(kind)).toList();
    }

    synchronized List<Verdict> verdicts(String device) {
        return verdicts.stream()
                .filter(verdict -> verdict.device().equals(device))
                .toList();
    }

    Optional<Verdict> verdict(String device) {
        List<Verdict> all = verdicts(device);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    Verdict awaitVerdict(String device, Status status, Duration patience) {
        return await("verdict " + status.word() + " of " + device + "; was " + verdict(device))
                .atMost(patience)
                .pollInterval(STEP)
                .until(
                        () -> verdict(device),
                        verdict -> verdict.filter(one -> one.status() == status).isPresent())
                .orElseThrow();
    }

    void awaitAttempt(String what, Predicate<Target> wanted, Duration patience) {
        await("attempt: " + what)
                .atMost(patience)
                .pollInterval(STEP)
                .until(() -> attempts().keySet().stream().anyMatch(wanted));
    }

    void awaitMoreAttempts(String device, long more, Duration patience) {
        long wanted = attempts(device) + more;
        await(more + " attempts of " + device)
                .atMost(patience)
                .pollInterval(STEP)
                .until(() -> attempts(device) >= wanted);
    }

    void awaitNote(String kind, Predicate<String> text, Duration patience) {
        await("note " + kind)
                .atMost(patience)
                .pollInterval(STEP)
                .until(() -> notes(kind).stream().anyMatch(noted -> text.test(noted.text())));
    }
}
