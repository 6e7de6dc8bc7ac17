package org.funkstille.routers.linux;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.router.DeviceRules;

/** Turns elements of our sets back into devices. */
final class RulesReader {

    private static final String UNMARKED = "";

    private RulesReader() {}

    /** Elements that no device explains come out as a device with an empty or unknown name, which nobody wants. */
    static List<DeviceRules> devices(Collection<Element> elements) {
        Map<String, List<Element>> byDevice = new TreeMap<>();
        for (Element element : elements) {
            if (!element.equals(TableElements.CANARY)) {
                byDevice.computeIfAbsent(element.device(), name -> new ArrayList<>())
                        .add(element);
            }
        }
        List<DeviceRules> devices = new ArrayList<>();
        byDevice.forEach((name, own) -> devices.add(device(name.isEmpty() ? UNMARKED : name, own)));
        return devices;
    }

    private static DeviceRules device(String name, List<Element> elements) {
        Set<Mac> macs = new LinkedHashSet<>();
        Set<InetAddress> addresses = new LinkedHashSet<>();
        Set<InetAddress> peers = new LinkedHashSet<>();
        Set<String> chains = new LinkedHashSet<>();
        List<Destination> destinations = new ArrayList<>();
        boolean echo = false;
        for (Element element : elements) {
            JsonNode key = TableReader.parse(element.key());
            switch (element.set()) {
                case Table.BY_MAC -> {
                    Mac.tryParse(key.text()).ifPresent(macs::add);
                    chains.add(element.chain());
                }
                case Table.BY_ADDRESS4, Table.BY_ADDRESS6 -> {
                    Addresses.tryParse(key.text()).ifPresent(addresses::add);
                    chains.add(element.chain());
                }
                case Table.ECHO -> echo = true;
                case Table.REACH4, Table.REACH6 ->
                    parts(key).stream()
                            .skip(1)
                            .findFirst()
                            .map(JsonNode::text)
                            .flatMap(Addresses::tryParse)
                            .ifPresent(peers::add);
                case Table.ALLOW4, Table.ALLOW6 -> destination(parts(key)).ifPresent(destinations::add);
                default -> {
                    // not a set of devices
                }
            }
        }
        return new DeviceRules(name, macs, addresses, policy(chains, destinations), echo, peers);
    }

    /** Where a device's elements lead to different chains, somebody has changed one: take what lets out most. */
    private static Policy policy(Set<String> chains, List<Destination> destinations) {
        if (chains.isEmpty() || !known(chains) || chains.contains(Table.ONLINE)) {
            return new Policy.Online();
        }
        if (chains.contains(Table.ALLOW_REJECT) || chains.contains(Table.ALLOW_DROP)) {
            Answer answer = chains.contains(Table.ALLOW_DROP) ? Answer.DROP : Answer.REJECT;
            return new Policy.AllowList(answer, destinations.stream().distinct().toList());
        }
        return new Policy.Silent(chains.contains(Table.SILENT_DROP) ? Answer.DROP : Answer.REJECT);
    }

    private static boolean known(Set<String> chains) {
        return chains.stream()
                .allMatch(chain -> Set.of(
                                Table.ONLINE,
                                Table.SILENT_REJECT,
                                Table.SILENT_DROP,
                                Table.ALLOW_REJECT,
                                Table.ALLOW_DROP)
                        .contains(chain));
    }

    private static List<JsonNode> parts(JsonNode key) {
        return key instanceof JsonObject object && object.elements().get("concat") instanceof JsonArray array
                ? array.elements()
                : List.of();
    }

    private static Optional<Destination> destination(List<JsonNode> parts) {
        if (parts.size() != 4) {
            return Optional.empty();
        }
        Optional<Prefix> prefix = prefix(parts.get(1));
        Optional<Protocol> protocol = parts.get(2) instanceof JsonObject
                ? Optional.empty()
                : protocol(parts.get(2).text());
        Optional<Integer> port = parts.get(3) instanceof JsonObject
                ? Optional.empty()
                : Optional.of(Integer.valueOf(parts.get(3).text()));
        return prefix.map(found -> new Destination(found, protocol, port));
    }

    private static Optional<Prefix> prefix(JsonNode node) {
        if (node instanceof JsonObject object && object.elements().get("prefix") instanceof JsonObject body) {
            return Addresses.tryParse(body.extract("addr", ""))
                    .map(address -> new Prefix(address, body.extract("len", 0)));
        }
        return Addresses.tryParse(node.text()).map(address -> new Prefix(address, address.getAddress().length * 8));
    }

    private static Optional<Protocol> protocol(String text) {
        return switch (text) {
            case "tcp" -> Optional.of(Protocol.TCP);
            case "udp" -> Optional.of(Protocol.UDP);
            case "icmp" -> Optional.of(Protocol.ICMP);
            case "ipv6-icmp", "icmpv6" -> Optional.of(Protocol.ICMPV6);
            default ->
                text.matches("[0-9]{1,3}") ? Optional.of(new Protocol(Integer.parseInt(text))) : Optional.empty();
        };
    }
}
