package org.funkstille.guard;

import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.verdict.Verdict;

/** Something that whoever watches the guard may want to know at once. */
public sealed interface GuardEvent {

    /** A packet of a device was refused. */
    record Refused(Attempt attempt) implements GuardEvent {}

    /** A flow of a device passed the router. */
    record Passed(Flow flow) implements GuardEvent {}

    /** A verdict that differs from the one before. */
    record Judged(Verdict verdict) implements GuardEvent {}

    /**
     * Something was changed or went wrong.
     *
     * @param kind one word: {@code drift}, {@code trouble}, {@code window}, {@code address} …
     */
    record Noted(Instant at, Optional<String> device, String kind, String text) implements GuardEvent {}
}
