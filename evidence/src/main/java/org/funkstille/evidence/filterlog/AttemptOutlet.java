package org.funkstille.evidence.filterlog;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.Ended;
import org.funkstille.core.evidence.EvidenceEvent.Lost;
import org.funkstille.core.evidence.EvidenceEvent.Refused;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.net.Endpoint;

/** Turns lines into events and counts them. Used by the listener's thread; any thread may ask for {@link #counts}. */
final class AttemptOutlet {

    private final OurRules rules;
    private final Predicate<InetAddress> routersOwn;
    private final Consumer<? super EvidenceEvent> consumer;
    private final LineReading reading = new LineReading();
    private final Tally tally = new Tally();
    private Map<String, Meaning> indexed = Map.of();
    private RuleIndex index = RuleIndex.of(indexed);

    AttemptOutlet(OurRules rules, Predicate<InetAddress> routersOwn, Consumer<? super EvidenceEvent> consumer) {
        this.rules = rules;
        this.routersOwn = routersOwn;
        this.consumer = consumer;
    }

    void line(byte[] octets, int from, int to, Instant arrival) {
        Outcome outcome = reading.read(octets, from, to, index());
        tally.add(outcome);
        if (outcome == Outcome.REFUSED) {
            FilterLogLine line = reading.line();
            Endpoint destination = line.destination();
            consumer.accept(new Refused(
                    reading.at(arrival),
                    Optional.empty(),
                    line.source(),
                    line.sourcePort(),
                    destination,
                    Optional.empty(),
                    routersOwn.test(destination.address())));
        }
    }

    private RuleIndex index() {
        Map<String, Meaning> now = Map.copyOf(rules.byId()); // an immutable map is its own copy, and equal at once
        if (!now.equals(indexed)) {
            index = RuleIndex.of(now);
            indexed = now;
        }
        return index;
    }

    /** A line that is not even looked at. */
    void turnedAway(Outcome outcome) {
        tally.add(outcome);
    }

    void lost(Instant at, long count) {
        if (count > 0) {
            consumer.accept(new Lost(at, EvidenceSource.REFUSALS, count));
        }
    }

    void ended(Instant at, String reason) {
        consumer.accept(new Ended(at, EvidenceSource.REFUSALS, reason));
    }

    FilterLogCounts counts() {
        return tally.counts();
    }
}
