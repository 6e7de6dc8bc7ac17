package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.House;

/** What {@code on} asks of a packet: an interface by name, or a group of interfaces. */
final class InterfaceConditions {

    /** Groups whose members all have names that begin alike: FreeBSD's own, and those of VPNs on both systems. */
    private static final Map<String, List<String>> GROUPS = Map.of(
            "lo", List.of("lo"),
            "pfsync", List.of("pfsync"),
            "pflog", List.of("pflog"),
            "enc", List.of("enc"),
            "ipsec", List.of("ipsec"),
            "IPsec", List.of("enc", "ipsec"),
            "openvpn", List.of("ovpn"),
            "wg", List.of("wg"),
            "wireguard", List.of("wg", "tun_wg"),
            "WireGuard", List.of("wg", "tun_wg"));

    private final House house;

    InterfaceConditions(House house) {
        this.house = house;
    }

    /** One of them; any interface where there is none. */
    Condition any(List<RuleSyntax.InterfaceName> names, Field field) {
        return names.isEmpty() ? Condition.ALWAYS : oneOf(names, field);
    }

    /** One of them. */
    Condition oneOf(List<RuleSyntax.InterfaceName> names, Field field) {
        List<Condition> alternatives = new ArrayList<>();
        for (RuleSyntax.InterfaceName name : names) {
            Condition condition = one(name.name(), field);
            alternatives.add(name.negated() ? Condition.not(condition) : condition);
        }
        return Condition.any(alternatives);
    }

    /**
     * ifconfig(8): the name of a group does not end in a digit, that of an interface does unless somebody renamed it. So
     * such a name that is no interface of the house may be a group with interfaces of the house.
     */
    private Condition one(String name, Field field) {
        if (name.equals("any")) {
            return Condition.ALWAYS;
        }
        Condition exact = new Condition.InterfaceIs(field, name, false);
        boolean number = !name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1));
        if (number || house.interfaces().contains(name)) {
            return exact;
        }
        List<String> beginnings = GROUPS.get(name);
        if (beginnings != null) {
            return Condition.any(beginnings.stream()
                    .<Condition>map(beginning -> new Condition.InterfaceIs(field, beginning, true))
                    .toList());
        }
        return new Condition.Unknown("the interfaces of the group " + name);
    }
}
