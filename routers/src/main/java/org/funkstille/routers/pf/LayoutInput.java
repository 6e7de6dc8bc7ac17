package org.funkstille.routers.pf;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Observation;

/**
 * What the rules of a pf router follow from.
 *
 * @param wanted in the order in which devices get their rules
 * @param held addresses that devices hold, by name: an online device has none in its {@link DeviceRules}
 * @param ownPrefixes the networks that the router has on its interfaces, by their names
 * @param canarySource the address from which the canary comes; absent: there is none
 */
public record LayoutInput(
        Home home,
        List<DeviceRules> wanted,
        Map<String, Set<InetAddress>> held,
        Map<String, List<Prefix>> ownPrefixes,
        Optional<InetAddress> canarySource,
        WindowRules windows) {

    public LayoutInput {
        wanted = List.copyOf(wanted);
        held = Map.copyOf(held);
        ownPrefixes = Map.copyOf(ownPrefixes);
    }

    /** With the addresses and prefixes that were observed. */
    public static LayoutInput of(
            Home home,
            List<DeviceRules> wanted,
            Observation observed,
            Optional<InetAddress> canarySource,
            WindowRules windows) {
        Map<String, Set<InetAddress>> held = new HashMap<>();
        home.devices()
                .forEach(device -> held.put(
                        device.name(),
                        observed.addressesOf(device).stream()
                                .filter(address -> !address.isLinkLocalAddress())
                                .collect(Collectors.toUnmodifiableSet())));
        return new LayoutInput(home, wanted, held, observed.ownPrefixes(), canarySource, windows);
    }

    /** How this router opens windows. */
    public sealed interface WindowRules {

        /** A rule for each open window, in force by a schedule. */
        record Scheduled(Map<String, Window> byDevice) implements WindowRules {

            public Scheduled {
                byDevice = Map.copyOf(byDevice);
            }

            /**
             * @param until the end that was asked for
             * @param schedule its name on the router
             */
            public record Window(Instant until, String schedule) {}
        }

        /** A rule for each restricted device stands always; its alias is empty while no window is open. */
        record ByTable() implements WindowRules {}
    }
}
