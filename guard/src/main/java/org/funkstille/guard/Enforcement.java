package org.funkstille.guard;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.Observation;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Observe, plan, apply, read back. */
public final class Enforcement {

    private static final int ROUNDS = 3;

    private final Home home;
    private final RouterDriver driver;

    public Enforcement(Home home, RouterDriver driver) {
        this.home = home;
        this.driver = driver;
    }

    /**
     * What came of it.
     *
     * @param before the router as it was found
     * @param plan what was done
     * @param after the router as it is now
     */
    public record Outcome(Observation before, Plan plan, Observation after) {}

    /**
     * Makes the router as the home wants it.
     *
     * @param done told of each change when the router took it
     * @throws RouterException.ReadBackDiffers where the router took the changes and is still not as wanted
     */
    public Outcome enforce(Observation before, Consumer<Change> done) throws RouterException {
        Plan plan = Planner.plan(home, before);
        Observation then = before;
        Plan next = plan;
        for (int round = 1; !next.isEmpty(); round++) {
            driver.apply(next, done);
            Observation after = driver.observe();
            next = Planner.plan(home, after);
            // Meanwhile a device may have taken an address that was not known when the plan was made.
            boolean moved = !WantedRules.of(home, then).equals(WantedRules.of(home, after));
            if (!next.isEmpty() && (!moved || round == ROUNDS)) {
                throw new RouterException.ReadBackDiffers(
                        next.changes().stream().map(Change::describe).toList());
            }
            then = after;
        }
        return new Outcome(before, plan, then);
    }

    /** Ends what silent devices still have open: whoever laid the rules may have been killed before he came to that. */
    void cutLeftovers(Observation observed) throws RouterException {
        Set<InetAddress> addresses = new HashSet<>();
        for (Device device : home.devices()) {
            boolean silent = device.policy() instanceof Policy.Silent
                    && observed.windowOf(device.name()).isEmpty();
            if (silent) {
                addresses.addAll(observed.addressesOf(device));
            }
        }
        driver.cutFlows(addresses);
    }
}
