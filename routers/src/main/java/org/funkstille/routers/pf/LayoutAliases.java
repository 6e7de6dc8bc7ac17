package org.funkstille.routers.pf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.routers.pf.WantedRule.Host;

/** The aliases that the rules of a layout speak of, each once. */
final class LayoutAliases {

    private static final int SMALLEST_WITH_BROADCAST = 30;

    private final Home home;
    private final Map<String, WantedAlias> byName = new LinkedHashMap<>();

    LayoutAliases(Home home) {
        this.home = home;
    }

    List<WantedAlias> all() {
        return List.copyOf(byName.values());
    }

    Host.In make(Mark mark, WantedAlias.Kind kind, List<String> entries) {
        WantedAlias alias = WantedAlias.of(mark, kind, entries);
        byName.put(alias.name(), alias);
        return new Host.In(alias.name());
    }

    /** Multicast and broadcast of both families. */
    Host.In everybody() {
        List<String> entries = new ArrayList<>(List.of("224.0.0.0/4", "255.255.255.255/32", "ff00::/8"));
        home.inside().stream()
                .flatMap(network -> network.prefixes().stream())
                .flatMap(prefix -> broadcast(prefix).stream())
                .forEach(entries::add);
        return make(Mark.shared("everybody"), WantedAlias.Kind.NETWORKS, entries);
    }

    /** RFC 3021: networks of two addresses have no broadcast address. */
    private static Optional<String> broadcast(Prefix prefix) {
        if (prefix.family() != Family.IPV4 || prefix.length() > SMALLEST_WITH_BROADCAST) {
            return Optional.empty();
        }
        byte[] octets = prefix.network().getAddress();
        for (int bit = prefix.length(); bit < 32; bit++) {
            octets[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return Optional.of(Addresses.text(Addresses.of(octets)) + "/32");
    }
}
