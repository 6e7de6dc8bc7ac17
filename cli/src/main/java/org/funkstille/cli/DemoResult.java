package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.VerdictJson;

/**
 * What the demo saw.
 *
 * @param before what arrived in the cloud before anything was done
 * @param steps what was done, with its time
 * @param reports what the hub received of the gateway's sensors, all the while
 */
record DemoResult(
        String router,
        String device,
        List<Reached> before,
        List<Step> steps,
        After after,
        Window window,
        long reports,
        boolean reportsGoOn,
        Verdict verdict) {

    /** A destination of which the cloud got packets. */
    record Reached(Optional<String> name, Endpoint destination, long packets) {}

    record Step(String step, boolean ok, long millis) {}

    /**
     * @param attempts packets of the device that were refused
     * @param told true where the router tells of refused packets at all
     * @param flows of it that passed to the outside
     * @param states of it that the router still holds open
     * @param arrivals packets of it that the cloud got
     */
    record After(long attempts, boolean told, long flows, long states, long arrivals) {}

    /**
     * @param reached true where the device got through to its cloud while it was open
     * @param closed true where it ended at its time
     * @param byRouter true where nobody but the router closed it; false on a router that cannot
     * @param flowsAfterClose ways out that the device found after that
     */
    record Window(boolean opened, boolean reached, boolean closed, boolean byRouter, long flowsAfterClose) {

        String closedBy() {
            if (!closed) {
                return "nobody";
            }
            return byRouter ? "router" : "guard";
        }
    }

    boolean held() {
        return !before.isEmpty()
                && steps.stream().allMatch(Step::ok)
                && (after.attempts > 0 || !after.told)
                && after.flows == 0
                && after.states == 0
                && after.arrivals == 0
                && window.opened
                && window.reached
                && window.closed
                && window.flowsAfterClose == 0
                && reportsGoOn
                && verdict.status() == Status.SILENT;
    }

    JsonObject document() {
        JsonArray destinations = JsonArray.create();
        for (Reached reached : before) {
            JsonObject one = JsonObject.create();
            reached.name().ifPresent(name -> one.add("name", name));
            Documents.endpoint(one, reached.destination());
            destinations.add(one.add("packets", reached.packets()));
        }
        JsonArray done = JsonArray.create();
        steps.forEach(step -> done.add(JsonObject.create()
                .add("step", step.step())
                .add("ok", step.ok())
                .add("ms", step.millis())));
        return JsonObject.create()
                .add("router", router)
                .add("device", device)
                .add("before", JsonObject.create().add("flows", before.size()).add("destinations", destinations))
                .add("steps", done)
                .add(
                        "after",
                        JsonObject.create()
                                .add("attempts", after.attempts)
                                .add("flows", after.flows)
                                .add("states", after.states))
                .add(
                        "window",
                        JsonObject.create()
                                .add("opened", window.opened)
                                .add("reached", window.reached)
                                .add("closedBy", window.closedBy())
                                .add("flowsAfterClose", window.flowsAfterClose))
                .add("local", JsonObject.create().add("reports", reports))
                .add("verdict", VerdictJson.of(verdict));
    }
}
