package org.funkstille.guard;

import java.util.List;
import java.util.function.Consumer;
import org.funkstille.core.model.Home;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Observation;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Observe, plan, apply, read back. */
public final class Enforcement {

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
        if (plan.isEmpty()) {
            return new Outcome(before, plan, before);
        }
        driver.apply(plan, done);
        Observation after = driver.observe();
        Plan rest = Planner.plan(home, after);
        if (!rest.isEmpty()) {
            List<String> differences =
                    rest.changes().stream().map(Change::describe).toList();
            throw new RouterException.ReadBackDiffers(differences);
        }
        return new Outcome(before, plan, after);
    }
}
