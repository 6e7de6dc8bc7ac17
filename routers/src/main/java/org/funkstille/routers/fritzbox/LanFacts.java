package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.tr064.Service;
import org.funkstille.routers.fritzbox.tr064.SoapAnswer;
import org.funkstille.routers.fritzbox.tr064.Tr064;

/** The box's own place in the home network, as LANHostConfigManagement tells it. */
record LanFacts(Set<InetAddress> own, Optional<Prefix> prefix) {

    LanFacts {
        own = Set.copyOf(own);
    }

    /** @param host how we reach the box, in case it does not tell */
    static LanFacts read(Tr064 tr064, String host) throws RouterException {
        SoapAnswer.Values info = tr064.ask(Service.LAN, "GetInfo");
        Set<InetAddress> own = new LinkedHashSet<>();
        Addresses.tryParse(host).ifPresent(own::add);
        Optional<InetAddress> told = Arrays.stream(info.text("NewIPRouters").split("[,\\s]+"))
                .flatMap(text -> Addresses.tryParse(text).stream())
                .findFirst();
        told.ifPresent(own::add);
        return new LanFacts(
                own,
                told.flatMap(address -> length(info.text("NewSubnetMask")).map(bits -> new Prefix(address, bits))));
    }

    private static Optional<Integer> length(String mask) {
        return Addresses.tryParse(mask)
                .filter(address -> address.getAddress().length == 4)
                .map(address -> {
                    int bits = 0;
                    for (byte octet : address.getAddress()) {
                        bits += Integer.bitCount(octet & 0xff);
                    }
                    return bits;
                });
    }

    /** By the name that the home has for the network, for the box has none. */
    Map<String, List<Prefix>> prefixes(Home home) {
        return prefix.map(found -> {
                    String name = home.inside().stream()
                            .filter(network -> network.contains(found.network()))
                            .map(Network::interfaceName)
                            .findFirst()
                            .orElse("lan");
                    return Map.of(name, List.of(found));
                })
                .orElse(Map.of());
    }
}
