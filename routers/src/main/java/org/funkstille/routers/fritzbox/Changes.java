package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.Ledger;
import org.funkstille.routers.fritzbox.memory.LedgerFile;

/** Makes the changes of a plan, and takes everything of ours away. */
final class Changes {

    private final Home home;
    private final SituationReader situations;
    private final Locks locks;
    private final WindowLocks windows;
    private final Pins pins;
    private final LedgerFile ledger;

    Changes(Home home, SituationReader situations, Locks locks, WindowLocks windows, Pins pins, LedgerFile ledger) {
        this.home = home;
        this.situations = situations;
        this.locks = locks;
        this.windows = windows;
        this.pins = pins;
        this.ledger = ledger;
    }

    /** Locks first and together, for the box takes its time over each; then the rest in the order of the plan. */
    void apply(Plan plan, Consumer<Change> done) throws RouterException {
        for (DeviceRules rules : laid(plan)) {
            requirePossible(rules);
        }
        lock(laid(plan).stream()
                .flatMap(rules -> home.device(rules.device()).stream())
                .filter(Device::restricted)
                .toList());
        for (Change change : plan.changes()) {
            make(change);
            done.accept(change);
        }
    }

    private static List<DeviceRules> laid(Plan plan) {
        List<DeviceRules> laid = new ArrayList<>();
        for (Change change : plan.changes()) {
            switch (change) {
                case Change.LayRules lay -> laid.addAll(lay.all());
                case Change.SetRules set -> laid.add(set.rules());
                case Change.RemoveRules _,
                        Change.CutFlows _,
                        Change.SaveRules _,
                        Change.Reserve _,
                        Change.Unreserve _,
                        Change.CloseWindow _ -> {
                    // lays no rules
                }
            }
        }
        return laid;
    }

    private static void requirePossible(DeviceRules rules) throws RouterException {
        if (rules.policy() instanceof Policy.AllowList) {
            throw new RouterException.Refused(rules.device() + ": a FRITZ!Box cannot open single destinations, so"
                    + " policy allow-list is not possible; nothing was changed. Instead: policy silent, with a window"
                    + " (funkstille window open) when it needs one; or policy online, with a list of allowed pages"
                    + " that you keep yourself under Internet > Filters > Lists; or another router in front of it");
        }
    }

    /** One device that cannot be locked does not leave the others open. */
    private void lock(List<Device> devices) throws RouterException {
        if (devices.isEmpty()) {
            return;
        }
        Situation situation = situations.read();
        Set<InetAddress> shut = new LinkedHashSet<>();
        List<RouterException> failures = new ArrayList<>();
        for (Device device : devices) {
            for (BoxHost host : situation.hostsOf(device)) {
                try {
                    locks.lock(device.name(), host);
                    shut.add(host.address());
                } catch (RouterException.Refused failed) {
                    failures.add(failed);
                }
            }
        }
        situations.changed(shut);
        locks.awaitShut(shut);
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        for (Device device : devices) {
            callBack(device.name(), situation);
        }
    }

    /** Locks that hit somebody else by now. */
    private void callBack(String holder, Situation situation) throws RouterException {
        for (Ledger.Lock lock : situation.astray(holder)) {
            boolean ignored = locks.unlock(lock.address());
            situations.changed(Set.of(lock.address()));
        }
    }

    private void make(Change change) throws RouterException {
        switch (change) {
            case Change.LayRules lay -> {
                for (DeviceRules rules : lay.all()) {
                    set(rules);
                }
            }
            case Change.SetRules set -> set(set.rules());
            case Change.RemoveRules remove -> unlock(remove.rules().device());
            case Change.Reserve reserve -> pins.reserve(reserve.reservation());
            case Change.Unreserve unreserve -> {
                String ignored = pins.release(unreserve.reservation());
            }
            case Change.CloseWindow close -> windows.close(close.device());
            case Change.CutFlows _, Change.SaveRules _ -> {
                // The box has no words for the first, and keeps its locks by itself.
            }
        }
    }

    /** Whoever is to be silent is locked already. The box separates no networks, so peers need nothing. */
    private void set(DeviceRules rules) throws RouterException {
        if (rules.policy() instanceof Policy.Online) {
            unlock(rules.device());
        }
    }

    private void unlock(String holder) throws RouterException {
        for (Ledger.Lock lock : ledger.read().locksOf(holder)) {
            boolean ignored = locks.unlock(lock.address());
            situations.changed(Set.of(lock.address()));
        }
    }

    List<String> uninstall() throws RouterException {
        List<String> lines = new ArrayList<>();
        for (Ledger.Window window : ledger.read().windows()) {
            endWindow(window);
            lines.add(window.device() + ": its window");
        }
        for (Ledger.Lock lock : ledger.read().locks()) {
            String place = Addresses.text(lock.address()) + " (" + lock.mac() + ")";
            lines.add(
                    locks.unlock(lock.address())
                            ? lock.holder() + ": the lock of " + place
                            : lock.holder() + ": the FRITZ!Box no longer knows " + place
                                    + ", so its lock could not be taken away; if it comes back, unlock it under"
                                    + " Internet > Filters");
        }
        for (Ledger.Pin pin : ledger.read().pins()) {
            lines.add(release(pin));
        }
        Ledger left = ledger.read();
        if (left.pins().isEmpty() && left.locks().isEmpty()) {
            ledger.delete();
        }
        return lines;
    }

    /** What its owner no longer allows us, or the box refuses, is left to him and stays written down. */
    private String release(Ledger.Pin pin) throws RouterException {
        try {
            return pins.release(pin.reservation());
        } catch (RouterException.Refused refused) {
            return pin.reservation().device() + ": is still pinned to "
                    + Addresses.text(pin.reservation().address()) + "; undo it by hand under Home Network > Network ("
                    + refused.getMessage() + ")";
        }
    }

    /** Only what the owner had locked himself is locked again. */
    private void endWindow(Ledger.Window window) throws RouterException {
        Situation situation = situations.read();
        Set<InetAddress> lifted = new LinkedHashSet<>();
        for (InetAddress address : window.lifted()) {
            Optional<BoxHost> host = situation.hostAt(address);
            if (host.isPresent()) {
                locks.lockForOwner(address);
                lifted.add(address);
            }
        }
        locks.awaitShut(lifted);
        ledger.change(before -> before.withoutWindow(window.device()));
    }
}
