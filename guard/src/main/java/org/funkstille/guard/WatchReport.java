package org.funkstille.guard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.verdict.DeviceEvidence;

/**
 * What listening showed.
 *
 * @param since from when on the flow listener was awake without a gap; absent: it is not
 * @param lost flow events that did not reach it since then
 * @param passed ways out that were taken although the device was to be silent, by device
 * @param canary the last one
 */
record WatchReport(
        Optional<Instant> since, long lost, Map<String, List<Flow>> passed, Optional<DeviceEvidence.Canary> canary) {

    WatchReport {
        passed = Map.copyOf(passed);
    }

    static final WatchReport NOBODY_LISTENS = new WatchReport(Optional.empty(), 0, Map.of(), Optional.empty());
}
