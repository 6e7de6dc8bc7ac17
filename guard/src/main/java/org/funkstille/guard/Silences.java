package org.funkstille.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.core.evidence.Flow;

/**
 * Since when each device is to be silent, and which ways out it took since. Safe for use by several threads.
 */
final class Silences {

    /** The router tells the end of a window in whole seconds, and events of flows take a moment to arrive. */
    static final Duration GRACE = Duration.ofMillis(1500);

    private static final int MOST_FLOWS = 256;

    private final Map<String, Instant> since = new HashMap<>();
    private final Set<String> windows = new HashSet<>();
    private final Map<String, Deque<Flow>> passed = new HashMap<>();

    /** What passed before counts no more. */
    synchronized void begin(String device, Instant at) {
        since.put(device, at);
        windows.remove(device);
        passed.remove(device);
    }

    synchronized void beginUnlessBegun(String device, Instant at) {
        since.putIfAbsent(device, at);
    }

    /** A window that ended then may have opened and closed between two looks; what it let through is no leak. */
    synchronized void windowEnded(String device, Instant at) {
        Instant from = since.get(device);
        if (from != null && from.isBefore(at)) {
            begin(device, at);
        }
    }

    synchronized void windowOpened(String device) {
        windows.add(device);
    }

    synchronized void passed(Flow flow) {
        Deque<Flow> flows = passed.computeIfAbsent(flow.device(), name -> new ArrayDeque<>());
        if (flows.size() >= MOST_FLOWS) {
            flows.removeLast();
        }
        flows.addLast(flow);
    }

    /** Ways out that were taken since the device is to be silent; none while its window is open. */
    synchronized Map<String, List<Flow>> leaks() {
        Map<String, List<Flow>> leaks = new HashMap<>();
        passed.forEach((device, flows) -> {
            Instant from = since.get(device);
            if (from != null && !windows.contains(device)) {
                List<Flow> late = new ArrayList<>();
                flows.stream().filter(flow -> flow.began().isAfter(from)).forEach(late::add);
                if (!late.isEmpty()) {
                    leaks.put(device, List.copyOf(late));
                }
            }
        });
        return leaks;
    }
}
