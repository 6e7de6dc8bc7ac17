package org.funkstille.core.plan;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.router.Reservation;

/**
 * Compares what is wanted with what was observed. The order of the changes is the order of safety: first the rules
 * stand, then the flows that were open before are cut, then all of it is saved, and only then addresses are pinned.
 */
public final class Planner {

    private final Home home;
    private final Observation observed;
    private final List<DeviceRules> wanted;
    private final List<Change> changes = new ArrayList<>();

    private Planner(Home home, Observation observed) {
        this.home = home;
        this.observed = observed;
        this.wanted = WantedRules.of(home, observed);
    }

    public static Plan plan(Home home, Observation observed) {
        Planner planner = new Planner(home, observed);
        planner.rules();
        planner.windows();
        planner.saving();
        planner.reservations();
        return new Plan(planner.changes);
    }

    private void rules() {
        Map<String, DeviceRules> inForce = new HashMap<>();
        observed.rules().forEach(rules -> inForce.put(rules.device(), rules));

        if (!observed.damage().isEmpty()
                && !(wanted.isEmpty() && observed.rules().isEmpty())) {
            changes.add(new Change.LayRules(observed.damage().getFirst(), wanted));
        } else {
            wanted.stream()
                    .filter(rules -> !rules.equals(inForce.get(rules.device())))
                    .map(Change.SetRules::new)
                    .forEach(changes::add);
            Set<String> named = new HashSet<>();
            wanted.forEach(rules -> named.add(rules.device()));
            observed.rules().stream()
                    .filter(rules -> !named.contains(rules.device()))
                    .map(Change.RemoveRules::new)
                    .forEach(changes::add);
        }
        for (int index = 0; index < wanted.size(); index++) {
            DeviceRules rules = wanted.get(index);
            if (!rules.equals(inForce.get(rules.device())) || !observed.damage().isEmpty()) {
                cutOf(home.devices().get(index)).ifPresent(changes::add);
            }
        }
    }

    /** Flows that began before the rules stood; a device with an open window may keep them. */
    private Optional<Change> cutOf(Device device) {
        return device.restricted() && observed.windowOf(device.name()).isEmpty() ? flowsOf(device) : Optional.empty();
    }

    private Optional<Change> flowsOf(Device device) {
        Set<InetAddress> addresses = observed.addressesOf(device);
        return addresses.isEmpty() ? Optional.empty() : Optional.of(new Change.CutFlows(device.name(), addresses));
    }

    private void windows() {
        for (OpenWindow window : observed.windows()) {
            boolean may =
                    home.device(window.device()).filter(Device::restricted).isPresent();
            if (!may) {
                changes.add(new Change.CloseWindow(window.device()));
            } else if (window.overdue(observed.at())) {
                changes.add(new Change.CloseWindow(window.device()));
                home.device(window.device()).flatMap(this::flowsOf).ifPresent(changes::add);
            }
        }
    }

    private void saving() {
        List<DeviceRules> saved = observed.savedRules().orElse(List.of());
        boolean current = saved.size() == wanted.size() && new HashSet<>(saved).equals(new HashSet<>(wanted));
        if (!current && !observed.has(Caveat.Kind.NOT_SAVED)) {
            changes.add(new Change.SaveRules(wanted));
        }
    }

    private void reservations() {
        if (observed.has(Caveat.Kind.NO_RESERVATIONS)) {
            return;
        }
        Set<Reservation> pinned = new LinkedHashSet<>(WantedRules.reservations(home));
        Set<Reservation> found = new LinkedHashSet<>(observed.reservations());
        found.stream()
                .filter(reservation -> !pinned.contains(reservation))
                .map(Change.Unreserve::new)
                .forEach(changes::add);
        pinned.stream()
                .filter(reservation -> !found.contains(reservation))
                .map(Change.Reserve::new)
                .forEach(changes::add);
    }
}
