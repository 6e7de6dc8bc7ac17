package org.funkstille.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.core.plan.Homes.GATEWAY;
import static org.funkstille.core.plan.Homes.HUB;
import static org.funkstille.core.plan.Homes.NOW;
import static org.funkstille.core.plan.Homes.VACUUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Neighbour;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.router.Reservation;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Home HOME = Homes.home(GATEWAY, VACUUM, HUB);

    @Test
    void plan_allAsWanted_isEmpty() {
        assertThat(Planner.plan(HOME, Homes.asWanted(HOME)).isEmpty()).isTrue();
    }

    @Test
    void plan_bareRouterWithoutTable_isInTheOrderOfSafety() {
        Observation observed =
                Homes.damaged(Homes.leased(Homes.bare(), Homes.lease(1, "192.168.20.133")), "there is no table");

        assertThat(describe(Planner.plan(HOME, observed)))
                .containsExactly(
                        "lay the rules for 3 devices (there is no table)",
                        "gateway: cut the open flows of 192.168.20.50, 192.168.20.133",
                        "save the rules for the next boot",
                        "gateway: pin 02:00:00:00:00:01 to 192.168.20.50",
                        "hub: pin 02:00:00:00:00:03 to 192.168.1.10");
    }

    @Test
    void plan_damage_laysAllRulesAnewAndCutsEveryRestrictedDevice() {
        Plan plan = Planner.plan(HOME, Homes.damaged(Homes.asWanted(HOME), "chain forward is gone", "more"));

        assertThat(plan.changes())
                .containsExactly(
                        new Change.LayRules("chain forward is gone", WantedRules.of(HOME, List.of())),
                        new Change.CutFlows("gateway", Set.of(Addresses.parse("192.168.20.50"))));
    }

    @Test
    void plan_oneDeviceDiffers_setsOnlyItsRules() {
        List<DeviceRules> rules = new ArrayList<>(WantedRules.of(HOME, List.of()));
        DeviceRules wanted = rules.getFirst();
        rules.set(
                0,
                new DeviceRules(
                        "gateway",
                        wanted.macs(),
                        wanted.addresses(),
                        new Policy.Silent(Answer.DROP),
                        wanted.echo(),
                        wanted.peers()));

        Plan plan = Planner.plan(HOME, Homes.ruled(Homes.asWanted(HOME), rules));

        assertThat(plan.changes())
                .containsExactly(
                        new Change.SetRules(wanted),
                        new Change.CutFlows("gateway", Set.of(Addresses.parse("192.168.20.50"))));
    }

    @Test
    void plan_onlineDeviceDiffers_itsFlowsGoOn() {
        List<DeviceRules> rules = WantedRules.of(HOME, List.of()).subList(0, 2);

        assertThat(Planner.plan(HOME, Homes.ruled(Homes.asWanted(HOME), rules)).changes())
                .containsExactly(
                        new Change.SetRules(WantedRules.of(HOME, List.of()).getLast()));
    }

    @Test
    void plan_deviceThatTheHomeNoLongerNames_losesItsRules() {
        Home smaller = Homes.home(GATEWAY, HUB);
        DeviceRules vacuum = WantedRules.of(HOME, List.of()).get(1);

        assertThat(Planner.plan(smaller, Homes.asWanted(HOME)).changes())
                .containsExactly(
                        new Change.RemoveRules(vacuum), new Change.SaveRules(WantedRules.of(smaller, List.of())));
    }

    @Test
    void plan_cut_isOfEveryAddressThatTheDeviceIsKnownToHold() {
        Observation observed = Homes.seen(
                Homes.leased(Homes.bare(), Homes.lease(1, "192.168.20.133"), Homes.lease(2, "192.168.20.7")),
                new Neighbour(Homes.mac(1), Addresses.parse("fd00::abcd")),
                new Neighbour(Homes.mac(9), Addresses.parse("fd00::1")));

        assertThat(Planner.plan(HOME, observed).changes())
                .filteredOn(change -> change instanceof Change.CutFlows)
                .containsExactly(new Change.CutFlows(
                        "gateway",
                        Set.of(
                                Addresses.parse("192.168.20.50"),
                                Addresses.parse("192.168.20.133"),
                                Addresses.parse("fd00::abcd"))));
    }

    @Test
    void plan_deviceWithoutAnyAddress_hasNothingToCut() {
        Home home = Homes.home(Homes.device("lamp", 1, "", new Policy.Silent(Answer.DROP), List.of()));

        assertThat(Planner.plan(home, Homes.bare()).changes()).noneMatch(change -> change instanceof Change.CutFlows);
    }

    @Test
    void plan_openWindow_sparesItsFlowsAndStaysOpen() {
        Observation observed = Homes.open(
                Homes.damaged(Homes.asWanted(HOME), "damage"), new OpenWindow("gateway", NOW.plusSeconds(60)));

        assertThat(Planner.plan(HOME, observed).changes())
                .containsExactly(new Change.LayRules("damage", WantedRules.of(HOME, List.of())));
    }

    @Test
    void plan_windowOfAnOnlineOrUnknownDevice_isClosed() {
        Observation observed = Homes.open(
                Homes.asWanted(HOME),
                new OpenWindow("gateway", NOW.plusSeconds(60)),
                new OpenWindow("vacuum", NOW.plusSeconds(60)),
                new OpenWindow("toaster", NOW.plusSeconds(60)));

        assertThat(Planner.plan(HOME, observed).changes())
                .containsExactly(new Change.CloseWindow("vacuum"), new Change.CloseWindow("toaster"));
    }

    @Test
    void plan_windowThatIsOverOnARouterThatDoesNotCloseIt_isClosedAndItsFlowsCut() {
        Observation observed =
                Homes.open(Homes.asWanted(HOME), new OpenWindow("gateway", NOW, Optional.of(NOW.plusSeconds(600))));

        assertThat(Planner.plan(HOME, observed).changes())
                .containsExactly(
                        new Change.CloseWindow("gateway"),
                        new Change.CutFlows(
                                "gateway",
                                observed.addressesOf(HOME.device("gateway").orElseThrow())));
    }

    @Test
    void plan_windowThatNobodyButUsCloses_staysOpenUntilItsTime() {
        Observation observed =
                Homes.open(Homes.asWanted(HOME), new OpenWindow("gateway", NOW.plusSeconds(1), Optional.empty()));

        assertThat(Planner.plan(HOME, observed).changes()).isEmpty();
    }

    @Test
    void plan_savedRulesDiffer_areSavedAgain() {
        List<DeviceRules> wanted = WantedRules.of(HOME, List.of());
        Observation observed = Homes.asWanted(HOME);
        Change save = new Change.SaveRules(wanted);

        assertThat(Planner.plan(HOME, Homes.saved(observed, Optional.empty())).changes())
                .containsExactly(save);
        assertThat(Planner.plan(HOME, Homes.saved(observed, Optional.of(List.of())))
                        .changes())
                .containsExactly(save);
        assertThat(Planner.plan(HOME, Homes.saved(observed, Optional.of(wanted.subList(1, 3))))
                        .changes())
                .containsExactly(save);
        assertThat(Planner.plan(HOME, Homes.saved(observed, Optional.of(wanted.reversed())))
                        .changes())
                .as("order does not matter")
                .isEmpty();
    }

    @Test
    void plan_routerThatDoesNotSave_isNotAskedTo() {
        Observation observed =
                Homes.limited(Homes.saved(Homes.asWanted(HOME), Optional.empty()), Caveat.Kind.NOT_SAVED);

        assertThat(Planner.plan(HOME, observed).changes()).isEmpty();
    }

    @Test
    void plan_reservations_oldOnesGoBeforeNewOnesCome() {
        Reservation old = new Reservation("gateway", Homes.mac(1), Addresses.parse("192.168.20.51"));
        Reservation right = new Reservation("hub", Homes.mac(3), Addresses.parse("192.168.1.10"));

        assertThat(Planner.plan(HOME, Homes.reserved(Homes.asWanted(HOME), List.of(old, right)))
                        .changes())
                .containsExactly(
                        new Change.Unreserve(old),
                        new Change.Reserve(new Reservation("gateway", Homes.mac(1), Addresses.parse("192.168.20.50"))));
    }

    @Test
    void plan_routerWithoutReservations_isNotAskedForAny() {
        Reservation old = new Reservation("gateway", Homes.mac(1), Addresses.parse("192.168.20.51"));
        Observation observed =
                Homes.limited(Homes.reserved(Homes.asWanted(HOME), List.of(old)), Caveat.Kind.NO_RESERVATIONS);

        assertThat(Planner.plan(HOME, observed).changes()).isEmpty();
    }

    @Test
    void plan_emptyHomeOnABareRouter_isEmptyThoughThereIsNoTable() {
        assertThat(Planner.plan(Homes.home(), Homes.damaged(Homes.bare(), "there is no table"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void describe_everyChange_isOneLineForPeople() {
        DeviceRules rules = WantedRules.of(HOME, List.of()).getFirst();
        Reservation reservation = WantedRules.reservations(HOME).getFirst();

        assertThat(describe(new Plan(List.of(
                        new Change.LayRules("why", List.of(rules)),
                        new Change.SetRules(rules),
                        new Change.RemoveRules(rules),
                        new Change.Unreserve(reservation),
                        new Change.CloseWindow("gateway")))))
                .containsExactly(
                        "lay the rules for 1 device (why)",
                        "gateway: policy silent",
                        "gateway: take its rules away, the home no longer names it",
                        "gateway: no longer pin 02:00:00:00:00:01 to 192.168.20.50",
                        "gateway: close a window that should not be open");
    }

    private static List<String> describe(Plan plan) {
        return plan.changes().stream().map(Change::describe).toList();
    }
}
