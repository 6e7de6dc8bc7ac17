package org.funkstille.core.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.router.Counts;
import org.funkstille.core.router.OpenWindow;

/**
 * All that is known of one device at a moment.
 *
 * @param rules what reading the router's rules back said
 * @param flows what the flow listener said
 * @param states flows of the device that should not be and are open, by the router's own table
 * @param canary the last packet that was known to be refused
 * @param notOffered witnesses that this router does not have, each with why; of the rules: that its whole rule set
 *     cannot be read
 */
public record DeviceEvidence(
        Instant at,
        Rules rules,
        Optional<OpenWindow> window,
        Counts counts,
        FlowWatch flows,
        States states,
        Optional<Canary> canary,
        Map<Witness.Kind, String> notOffered) {

    public DeviceEvidence {
        notOffered = Map.copyOf(notOffered);
    }

    /** Of a router that offers every witness. */
    public DeviceEvidence(
            Instant at,
            Rules rules,
            Optional<OpenWindow> window,
            Counts counts,
            FlowWatch flows,
            States states,
            Optional<Canary> canary) {
        this(at, rules, window, counts, flows, states, canary, Map.of());
    }

    /**
     * @param differences what in force differs from what is wanted for this device; empty: nothing
     * @param doubts what could not be read or compared
     * @param proof what the router's whole rule set does with the device; absent where nothing is to be proved, since it
     *     may go out
     */
    public record Rules(Instant at, List<String> differences, List<String> doubts, Optional<RuleProof> proof) {

        public Rules {
            differences = List.copyOf(differences);
            doubts = List.copyOf(doubts);
        }
    }

    /**
     * @param since from when on the listener was awake without a gap; absent: it is not
     * @param lost events that did not reach it since then
     * @param passed flows that its policy forbids and that passed, since its rules came into force and outside of any
     *     window
     */
    public record FlowWatch(Optional<Instant> since, long lost, List<Flow> passed) {

        public FlowWatch {
            passed = List.copyOf(passed);
        }
    }

    /** @param open absent: the router's table could not be read */
    public record States(Instant at, Optional<List<String>> open) {

        public States {
            open = open.map(List::copyOf);
        }
    }

    /**
     * @param seen true where its refusal was seen
     * @param escaped where it got out although it should not, what was seen of that
     */
    public record Canary(Instant at, boolean seen, Optional<String> escaped) {

        public Canary(Instant at, boolean seen) {
            this(at, seen, Optional.empty());
        }
    }
}
