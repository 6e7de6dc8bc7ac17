package org.funkstille.routers.linux;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.router.DeviceRules;

/** Turns devices into elements of our sets. */
final class TableElements {

    /** The canary is treated as a silent device that gets no answer. */
    static final Element CANARY =
            new Element(Table.BY_ADDRESS4, NftJson.quote(Table.CANARY), Table.SILENT_DROP, "=canary");

    private TableElements() {}

    static List<Element> of(DeviceRules rules) {
        List<Element> elements = new ArrayList<>();
        String chain = Table.chainOf(rules.policy());
        for (Mac mac : rules.macs()) {
            String key = NftJson.quote(mac.toString());
            elements.add(new Element(Table.BY_MAC, key, chain, rules.device()));
            if (rules.echo()) {
                elements.add(new Element(Table.ECHO, key, "", rules.device()));
            }
            for (InetAddress peer : rules.peers()) {
                String set = Family.of(peer) == Family.IPV4 ? Table.REACH4 : Table.REACH6;
                elements.add(new Element(set, NftJson.concat(key, quote(peer)), "", rules.device()));
            }
            if (rules.policy() instanceof Policy.AllowList list) {
                list.destinations().forEach(open -> elements.add(allowed(rules.device(), key, open)));
            }
        }
        for (InetAddress address : rules.addresses()) {
            String set = Family.of(address) == Family.IPV4 ? Table.BY_ADDRESS4 : Table.BY_ADDRESS6;
            elements.add(new Element(set, quote(address), chain, rules.device()));
        }
        return elements;
    }

    private static Element allowed(String device, String mac, Destination open) {
        String set = open.prefix().family() == Family.IPV4 ? Table.ALLOW4 : Table.ALLOW6;
        String protocol = open.protocol().map(TableElements::protocol).orElse("{\"range\":[0,255]}");
        String port = open.port().map(String::valueOf).orElse("{\"range\":[0,65535]}");
        return new Element(set, NftJson.concat(mac, prefix(open.prefix()), protocol, port), "", device);
    }

    private static String prefix(Prefix prefix) {
        String address = quote(prefix.network());
        boolean single = prefix.length() == prefix.network().getAddress().length * 8;
        return single ? address : "{\"prefix\":{\"addr\":" + address + ",\"len\":" + prefix.length() + "}}";
    }

    /** nft prints ICMPv6 by its name in /etc/protocols. */
    private static String protocol(Protocol protocol) {
        return NftJson.quote(protocol.equals(Protocol.ICMPV6) ? "ipv6-icmp" : protocol.toString());
    }

    private static String quote(InetAddress address) {
        return NftJson.quote(Addresses.text(address));
    }

    /** One command for each set. */
    static List<String> commands(String verb, Collection<Element> elements) {
        Map<String, List<String>> bySet = new TreeMap<>();
        for (Element element : elements) {
            bySet.computeIfAbsent(element.set(), set -> new ArrayList<>())
                    .add(verb.equals("add") ? element.json() : element.jsonKey());
        }
        return bySet.entrySet().stream()
                .map(entry -> NftJson.elements(verb, entry.getKey(), entry.getValue()))
                .toList();
    }
}
