package org.funkstille.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.router.Reservation;
import org.junit.jupiter.api.Test;

/** What holds of every home on every router, on many of them by chance. */
class PlannerPropertiesTest {

    private static final int ROUNDS = 3000;

    @Test
    void plan_appliedToTheRouter_leavesNothingToChange() {
        Random random = new Random(20260501);
        int nonEmpty = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Home home = home(random);
            Observation observed = observation(random, home);
            Plan plan = Planner.plan(home, observed);
            nonEmpty += plan.isEmpty() ? 0 : 1;

            assertThat(Planner.plan(home, applied(plan, observed)).changes())
                    .as("round %d after %s", round, plan)
                    .isEmpty();
        }
        assertThat(nonEmpty).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void plan_anyRouter_isInTheOrderOfSafety() {
        Random random = new Random(20260502);
        for (int round = 0; round < ROUNDS; round++) {
            Home home = home(random);
            Plan plan = Planner.plan(home, observation(random, home));

            assertThat(plan.changes().stream().map(PlannerPropertiesTest::stage))
                    .as("%s", plan)
                    .isSorted();
        }
    }

    @Test
    void plan_anyRouter_cutsOnlyRestrictedDevicesWithoutWindowWhoseRulesChange() {
        Random random = new Random(20260503);
        int cuts = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Home home = home(random);
            Observation observed = observation(random, home);
            Plan plan = Planner.plan(home, observed);
            Set<String> changed = new HashSet<>();
            for (Change change : plan.changes()) {
                switch (change) {
                    case Change.LayRules lay -> lay.all().forEach(rules -> changed.add(rules.device()));
                    case Change.SetRules set -> changed.add(set.rules().device());
                    default -> {
                        // lays no rules
                    }
                }
            }
            Set<String> expected = new HashSet<>();
            for (Device device : home.devices()) {
                if (changed.contains(device.name())
                        && !(device.policy() instanceof Policy.Online)
                        && observed.windowOf(device.name()).isEmpty()
                        && !observed.addressesOf(device).isEmpty()) {
                    expected.add(device.name());
                }
            }
            Set<String> actual = new HashSet<>();
            plan.changes().forEach(change -> {
                if (change instanceof Change.CutFlows cut) {
                    actual.add(cut.device());
                }
            });
            cuts += actual.size();

            assertThat(actual).as("%s", plan).isEqualTo(expected);
        }
        assertThat(cuts).isGreaterThan(ROUNDS / 10);
    }

    private static int stage(Change change) {
        return switch (change) {
            case Change.LayRules lay -> 0;
            case Change.SetRules set -> 0;
            case Change.RemoveRules remove -> 1;
            case Change.CutFlows cut -> 2;
            case Change.CloseWindow close -> 3;
            case Change.SaveRules save -> 4;
            case Change.Unreserve unreserve -> 5;
            case Change.Reserve reserve -> 6;
        };
    }

    /** A router that does what it is told. */
    private static Observation applied(Plan plan, Observation before) {
        Observation now = before;
        for (Change change : plan.changes()) {
            now = switch (change) {
                case Change.LayRules lay -> Homes.damaged(Homes.ruled(now, lay.all()));
                case Change.SetRules set -> Homes.ruled(now, with(now.rules(), set.rules()));
                case Change.RemoveRules remove ->
                    Homes.ruled(now, without(now.rules(), remove.rules().device()));
                case Change.CutFlows cut -> now;
                case Change.SaveRules save -> Homes.saved(now, Optional.of(save.all()));
                case Change.CloseWindow close ->
                    Homes.open(
                            now,
                            now.windows().stream()
                                    .filter(window -> !window.device().equals(close.device()))
                                    .toArray(OpenWindow[]::new));
                case Change.Reserve reserve -> {
                    List<Reservation> all = new ArrayList<>(now.reservations());
                    all.add(reserve.reservation());
                    yield Homes.reserved(now, all);
                }
                case Change.Unreserve unreserve -> {
                    List<Reservation> all = new ArrayList<>(now.reservations());
                    assertThat(all.remove(unreserve.reservation())).isTrue();
                    yield Homes.reserved(now, all);
                }
            };
        }
        return now;
    }

    private static List<DeviceRules> with(List<DeviceRules> rules, DeviceRules one) {
        List<DeviceRules> all = new ArrayList<>(without(rules, one.device()));
        all.add(one);
        return all;
    }

    private static List<DeviceRules> without(List<DeviceRules> rules, String device) {
        return rules.stream().filter(one -> !one.device().equals(device)).toList();
    }

    private static Home home(Random random) {
        List<Device> devices = new ArrayList<>();
        for (int number = 0; number < random.nextInt(6); number++) {
            List<String> reach = new ArrayList<>();
            for (int peer = 0; peer < 6; peer++) {
                if (random.nextInt(4) == 0) {
                    reach.add("d" + peer);
                }
            }
            Device device = Homes.device(
                    "d" + number,
                    number,
                    random.nextBoolean() ? "192.168.20." + (10 + number) : "",
                    policy(random),
                    reach);
            devices.add(random.nextBoolean() ? device : Homes.withProfile(device, random.nextBoolean()));
        }
        return Homes.home(devices.toArray(Device[]::new));
    }

    private static Policy policy(Random random) {
        Answer answer = random.nextBoolean() ? Answer.REJECT : Answer.DROP;
        return switch (random.nextInt(3)) {
            case 0 -> new Policy.Silent(answer);
            case 1 -> new Policy.Online();
            default ->
                new Policy.AllowList(
                        answer,
                        List.of(new Destination(
                                new Prefix(address(random), random.nextInt(33)), Optional.empty(), Optional.empty())));
        };
    }

    private static InetAddress address(Random random) {
        return Addresses.parse("192.168.20." + random.nextInt(10, 16));
    }

    /** Sometimes as wanted, sometimes of an earlier home, with damage, leases, windows and caveats as they come. */
    private static Observation observation(Random random, Home home) {
        Observation observed = switch (random.nextInt(3)) {
            case 0 -> Homes.bare();
            case 1 -> Homes.asWanted(home);
            default -> Homes.asWanted(home(random));
        };
        if (random.nextInt(3) == 0) {
            observed = Homes.damaged(observed, "damage");
        }
        if (random.nextBoolean()) {
            observed = Homes.leased(
                    observed,
                    new Lease(Homes.mac(random.nextInt(7)), address(random), Optional.empty(), Optional.empty()));
        }
        if (random.nextInt(3) == 0) {
            observed = Homes.open(observed, new OpenWindow("d" + random.nextInt(7), Homes.NOW.plusSeconds(9)));
        }
        if (random.nextInt(4) == 0) {
            observed = Homes.saved(observed, Optional.empty());
        }
        return switch (random.nextInt(4)) {
            case 0 -> Homes.limited(observed, Caveat.Kind.NOT_SAVED);
            case 1 -> Homes.limited(observed, Caveat.Kind.NO_RESERVATIONS);
            default -> observed;
        };
    }
}
