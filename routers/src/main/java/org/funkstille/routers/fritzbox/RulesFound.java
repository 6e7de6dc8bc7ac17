package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.routers.fritzbox.memory.Ledger;

/**
 * Puts the locks of a box into the words of rules: exactly what is wanted, where the locks are as they should be, and
 * else something that differs from it.
 */
final class RulesFound {

    private final Situation situation;

    RulesFound(Situation situation) {
        this.situation = situation;
    }

    /** @param wanted in the order of the home's devices */
    List<DeviceRules> of(List<DeviceRules> wanted) {
        List<DeviceRules> found = new ArrayList<>();
        for (DeviceRules rules : wanted) {
            situation
                    .home()
                    .device(rules.device())
                    .flatMap(device -> of(device, rules))
                    .ifPresent(found::add);
        }
        found.addAll(forgotten());
        return found;
    }

    private Optional<DeviceRules> of(Device device, DeviceRules wanted) {
        Set<InetAddress> astray = situation.astray(device.name()).stream()
                .map(Ledger.Lock::address)
                .collect(Collectors.toSet());
        return switch (device.policy()) {
            case Policy.Silent silent -> silent(device, wanted, astray);
            case Policy.Online online -> {
                Set<InetAddress> locked = situation.lockedFor(device.name());
                yield Optional.of(locked.isEmpty() ? wanted : with(wanted, locked));
            }
            // The box cannot do it, so it is never as wanted.
            case Policy.AllowList list -> Optional.empty();
        };
    }

    private Optional<DeviceRules> silent(Device device, DeviceRules wanted, Set<InetAddress> astray) {
        boolean asWanted = situation.shut(device) || situation.windowHolds(device);
        if (asWanted && astray.isEmpty()) {
            return Optional.of(wanted);
        }
        Set<InetAddress> locked = situation.hostsOf(device).stream()
                .filter(BoxHost::shut)
                .map(BoxHost::address)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        locked.addAll(astray);
        return locked.isEmpty() ? Optional.empty() : Optional.of(different(wanted, locked));
    }

    /** Never equal to what is wanted, also where the addresses happen to be the same. */
    private static DeviceRules different(DeviceRules wanted, Set<InetAddress> locked) {
        DeviceRules found = with(wanted, locked);
        return found.equals(wanted)
                ? new DeviceRules(
                        wanted.device(), wanted.macs(), locked, new Policy.Online(), wanted.echo(), wanted.peers())
                : found;
    }

    private static DeviceRules with(DeviceRules rules, Set<InetAddress> addresses) {
        return new DeviceRules(rules.device(), rules.macs(), addresses, rules.policy(), rules.echo(), rules.peers());
    }

    /** Of devices that the home no longer names. */
    private List<DeviceRules> forgotten() {
        return situation.ledger().locks().stream()
                .map(Ledger.Lock::holder)
                .distinct()
                .filter(holder -> !holder.equals(Ledger.PROBE))
                .filter(holder -> situation.home().device(holder).isEmpty())
                .filter(holder -> !situation.lockedFor(holder).isEmpty())
                .map(holder -> new DeviceRules(
                        holder, macs(holder), situation.lockedFor(holder), new Policy.Online(), false, Set.of()))
                .toList();
    }

    private Set<Mac> macs(String holder) {
        return situation.ledger().locksOf(holder).stream().map(Ledger.Lock::mac).collect(Collectors.toSet());
    }
}
