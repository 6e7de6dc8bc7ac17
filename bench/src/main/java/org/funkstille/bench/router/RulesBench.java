package org.funkstille.bench.router;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Samples;
import org.funkstille.bench.Stage;
import org.funkstille.bench.home.LargeHome;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Observation;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.RouterDriver;

/**
 * Loads the rules of many devices, changes those of one, and reads all of them back. Needs root.
 *
 * <p>Argument: number of devices (default 10,000).
 */
public final class RulesBench {

    private static final int ROUNDS = 15;
    private static final int WARM = 5;

    private final Stage stage;
    private final LargeHome large;
    private final Home home;
    private final NetworkNamespace router;

    private RulesBench(Stage stage, NetworkNamespace router, int devices) {
        this.stage = stage;
        this.router = router;
        this.large = new LargeHome(router, stage.folder(), devices);
        this.home = large.home();
    }

    public static void main(String[] arguments) throws Exception {
        int devices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        try (Stage stage = Stage.open()) {
            NetworkNamespace router = stage.namespace("r");
            Files.createDirectories(stage.folder().resolve("etc/systemd/system/sysinit.target.wants"));
            new RulesBench(stage, router, devices).run();
        }
    }

    private void run() throws Exception {
        try (RouterDriver driver = large.driver()) {
            Change.LayRules wanted = LargeHome.layRules(home, driver);
            driver.apply(new Plan(List.of(wanted, new Change.SaveRules(wanted.all()))), _ -> {});
            for (int i = 0; i < WARM; i++) {
                round(driver, wanted, i, new Samples(), new Samples(), new Samples(), new Samples());
                Planner.plan(home, driver.observe());
            }
            Samples lay = new Samples();
            Samples load = new Samples();
            Samples change = new Samples();
            Samples read = new Samples();
            Samples plan = new Samples();
            for (int i = 0; i < ROUNDS; i++) {
                Observation observation = round(driver, wanted, i, lay, load, change, read);
                plan.time(() -> Planner.plan(home, observation));
            }
            String of = String.format("%,d devices: ", large.devices());
            Goal.atMost(250).print(System.out, of + "lay all rules, by the driver", lay.median(), "ms");
            Goal.atMost(250).print(System.out, of + "the same, nft alone", load.median(), "ms");
            Goal.atMost(25).print(System.out, of + "change one device, by the driver", change.median(), "ms");
            Goal.none(System.out, of + "read all back", read.median(), "ms");
            Goal.none(System.out, of + "plan, from what was read", plan.median(), "ms");
        }
    }

    private Observation round(
            RouterDriver driver,
            Change.LayRules wanted,
            int number,
            Samples lay,
            Samples load,
            Samples change,
            Samples read)
            throws Exception {
        Path saved = stage.folder().resolve("etc/funkstille/rules.json");
        load.time(() -> stage.in(router, "", "nft", "-j", "-f", saved.toString()));
        lay.time(() -> apply(driver, wanted));
        DeviceRules one = wanted.all().get(number * 37 % wanted.all().size());
        change.time(() -> apply(driver, new Change.SetRules(answering(one))));
        return read.time(driver::observe);
    }

    private static DeviceRules answering(DeviceRules rules) {
        return new DeviceRules(
                rules.device(),
                rules.macs(),
                rules.addresses(),
                new Policy.Silent(Answer.REJECT),
                rules.echo(),
                rules.peers());
    }

    private static boolean apply(RouterDriver driver, Change change) throws Exception {
        driver.apply(new Plan(List.of(change)), _ -> {});
        return true;
    }
}
