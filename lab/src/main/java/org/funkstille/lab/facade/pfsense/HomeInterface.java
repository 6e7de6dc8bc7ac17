package org.funkstille.lab.facade.pfsense;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfInterface;
import org.funkstille.lab.network.Segment;

/**
 * An interface as pfSense knows it.
 *
 * @param id {@code wan}, {@code lan}, {@code opt1}
 * @param descr the owner's name for it, {@code IOT}; upper case, as macros of the rule set have it
 * @param real with its addresses
 * @param segment the network of the house behind it
 */
record HomeInterface(String id, String descr, PfInterface real, Optional<Segment> segment) {

    /** Those of the lab's router. */
    static List<HomeInterface> ofLab() {
        return List.of(
                new HomeInterface("wan", "WAN", real("wan0"), Optional.empty()),
                new HomeInterface("lan", "LAN", real("lan0"), Optional.of(Segment.LAN)),
                new HomeInterface("opt1", "IOT", real("iot0"), Optional.of(Segment.IOT)));
    }

    private static PfInterface real(String name) {
        return PfInterface.ofLab().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    String networkTable() {
        return id.toUpperCase(Locale.ROOT) + "__NETWORK";
    }

    /** The first address of the family. */
    Optional<PfInterface.Address> address(Family family) {
        return real.addresses().stream()
                .filter(address -> address.family() == family)
                .findFirst();
    }

    /** By id, description or real name. */
    boolean isCalled(String name) {
        return id.equals(name) || descr.equalsIgnoreCase(name) || real.name().equals(name);
    }

    /** {@code GET /api/v2/interfaces}: RESTAPI/Models/NetworkInterface.inc. Addresses as configured. */
    Json.Fields shown() {
        Optional<PfInterface.Address> four = address(Family.IPV4);
        Optional<PfInterface.Address> six = address(Family.IPV6);
        return Json.fields(
                "id",
                id,
                "if",
                real.name(),
                "enable",
                true,
                "descr",
                descr,
                "spoofmac",
                "",
                "mtu",
                Json.none(),
                "mss",
                Json.none(),
                "media",
                "",
                "mediaopt",
                "",
                "blockpriv",
                id.equals("wan"),
                "blockbogons",
                id.equals("wan"),
                "typev4",
                "static",
                "ipaddr",
                text(four),
                "subnet",
                length(four),
                "gateway",
                id.equals("wan") ? Json.of("WANGW") : Json.none(),
                "typev6",
                "staticv6",
                "ipaddrv6",
                text(six),
                "subnetv6",
                length(six),
                "gatewayv6",
                Json.none(),
                "ipv6usev4iface",
                false,
                "slaacusev4iface",
                false,
                "prefix_6rd",
                Json.none(),
                "gateway_6rd",
                Json.none(),
                "prefix_6rd_v4plen",
                Json.none(),
                "track6_interface",
                Json.none(),
                "track6_prefix_id_hex",
                Json.none());
    }

    private static Json text(Optional<PfInterface.Address> address) {
        return address.map(found -> Json.of(Addresses.text(found.address()))).orElse(Json.none());
    }

    private static Json length(Optional<PfInterface.Address> address) {
        return address.map(found -> Json.of(found.length())).orElse(Json.none());
    }
}
