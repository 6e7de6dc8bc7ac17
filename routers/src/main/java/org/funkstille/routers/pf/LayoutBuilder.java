package org.funkstille.routers.pf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.routers.pf.WantedRule.Action;
import org.funkstille.routers.pf.WantedRule.Families;
import org.funkstille.routers.pf.WantedRule.Host;
import org.funkstille.routers.pf.WantedRule.Service;

/** Puts the rules of a {@link PfLayout} together. */
final class LayoutBuilder {

    private static final int DNS = 53;
    private static final Host ANY = new Host.Any();
    private static final Service ALL = new Service.All();

    private final LayoutInput input;
    private final Home home;
    private final LayoutAliases aliases;

    LayoutBuilder(LayoutInput input) {
        this.input = input;
        this.home = input.home();
        this.aliases = new LayoutAliases(home);
    }

    PfLayout build() {
        List<WantedRule> rules = new ArrayList<>();
        input.wanted().forEach(device -> window(device).ifPresent(rules::add));
        canary().ifPresent(rules::add);
        input.wanted().forEach(device -> rules.addAll(device(device)));
        rules.addAll(refusedIpv6());
        return new PfLayout(rules, aliases.all());
    }

    /** While a window is open a device may go out and use the router, and is kept from other networks of the house. */
    private Optional<WantedRule> window(DeviceRules device) {
        if (device.policy() instanceof Policy.Online || device.addresses().isEmpty()) {
            return Optional.empty();
        }
        return switch (input.windows()) {
            case LayoutInput.WindowRules.Scheduled scheduled ->
                Optional.ofNullable(scheduled.byDevice().get(device.device())).map(window -> {
                    Mark mark = new Mark(device.device(), "window until " + window.until());
                    return window(mark, device, members(device), Optional.of(window.schedule()));
                });
            case LayoutInput.WindowRules.ByTable table -> {
                Mark mark = new Mark(device.device(), "window");
                Host source = aliases.make(mark, WantedAlias.Kind.FILLED_LATER, List.of());
                yield Optional.of(window(mark, device, source, Optional.empty()));
            }
        };
    }

    private WantedRule window(Mark mark, DeviceRules device, Host source, Optional<String> schedule) {
        Host outside =
                others(device).<Host>map(house -> new Host.NotIn(house.alias())).orElse(ANY);
        return new WantedRule(
                mark, Action.PASS, interfaces(device), Families.BOTH, ALL, source, outside, false, schedule);
    }

    /** RFC 5737: nobody has this address, so a packet to it harms nobody even where it gets out. */
    private Optional<WantedRule> canary() {
        return input.canarySource()
                .filter(source -> Family.of(source) == Family.IPV4)
                .map(source -> new WantedRule(
                        Mark.shared("canary"),
                        Action.BLOCK,
                        canaryInterfaces(source),
                        Families.INET,
                        new Service.Transport(Set.of(Protocol.UDP), Optional.of(PfCanary.DESTINATION.port())),
                        new Host.One(source),
                        new Host.One(PfCanary.DESTINATION.address()),
                        true,
                        Optional.empty()));
    }

    private List<String> canaryInterfaces(InetAddress source) {
        List<String> ours = home.inside().stream()
                .filter(network -> network.contains(source))
                .map(Network::interfaceName)
                .toList();
        return ours.isEmpty()
                ? home.inside().stream().map(Network::interfaceName).toList()
                : ours;
    }

    private List<WantedRule> device(DeviceRules device) {
        return switch (device.policy()) {
            case Policy.Online online -> online(device);
            case Policy.Silent silent -> restricted(device, silent.answer(), List.of());
            case Policy.AllowList list -> restricted(device, list.answer(), list.destinations());
        };
    }

    private List<WantedRule> online(DeviceRules device) {
        Optional<Host.In> others = others(device);
        if (others.isEmpty() || addresses(device).isEmpty()) {
            return List.of();
        }
        List<WantedRule> rules = new ArrayList<>();
        reach(device).ifPresent(rules::add);
        rules.add(rule(device, "keep", Action.REJECT, Families.BOTH, ALL, others.get(), true));
        return rules;
    }

    private List<WantedRule> restricted(DeviceRules device, Answer answer, List<Destination> allowed) {
        if (device.addresses().isEmpty()) {
            return List.of();
        }
        List<WantedRule> rules = new ArrayList<>();
        reach(device).ifPresent(rules::add);
        rules.addAll(allowed(device, allowed));
        if (device.policy() instanceof Policy.AllowList) {
            Service dns = new Service.Transport(Set.of(Protocol.TCP, Protocol.UDP), Optional.of(DNS));
            rules.add(rule(device, "resolver", Action.PASS, Families.BOTH, dns, new Host.Self(), false));
        }
        if (device.echo()) {
            rules.addAll(echo(device));
        }
        // What the whole network hears is no attempt to leave it: not logged, not answered.
        rules.add(rule(device, "everybody", Action.BLOCK, Families.BOTH, ALL, aliases.everybody(), false));
        Action refusal = answer == Answer.REJECT ? Action.REJECT : Action.BLOCK;
        rules.add(rule(device, "silent", refusal, Families.BOTH, ALL, ANY, true));
        return rules;
    }

    private Optional<WantedRule> reach(DeviceRules device) {
        List<String> peers = texts(device.peers());
        if (peers.isEmpty()) {
            return Optional.empty();
        }
        Host to = aliases.make(new Mark(device.device(), "reach"), WantedAlias.Kind.HOSTS, peers);
        return Optional.of(rule(device, "reach", Action.PASS, Families.BOTH, ALL, to, false));
    }

    /** One rule for all destinations of one protocol and port. */
    private List<WantedRule> allowed(DeviceRules device, List<Destination> destinations) {
        Map<String, List<Destination>> byService = new TreeMap<>();
        for (Destination destination : destinations) {
            String service = destination.protocol().map(Protocol::toString).orElse("all")
                    + destination.port().map(port -> " " + port).orElse("");
            byService
                    .computeIfAbsent("allow " + service, name -> new ArrayList<>())
                    .add(destination);
        }
        List<WantedRule> rules = new ArrayList<>();
        byService.forEach((purpose, group) -> {
            Destination first = group.getFirst();
            Service service = first.protocol()
                    .<Service>map(protocol -> new Service.Transport(Set.of(protocol), first.port()))
                    .orElse(ALL);
            List<String> prefixes =
                    group.stream().map(one -> one.prefix().toString()).toList();
            Host to = aliases.make(new Mark(device.device(), purpose), WantedAlias.Kind.NETWORKS, prefixes);
            rules.add(rule(device, purpose, Action.PASS, families(group), service, to, false));
        });
        return rules;
    }

    private static Families families(List<Destination> group) {
        boolean four = group.stream().anyMatch(one -> one.prefix().family() == Family.IPV4);
        boolean six = group.stream().anyMatch(one -> one.prefix().family() == Family.IPV6);
        return four && six ? Families.BOTH : six ? Families.INET6 : Families.INET;
    }

    private List<WantedRule> echo(DeviceRules device) {
        List<WantedRule> rules = new ArrayList<>();
        if (holds(device, Family.IPV4)) {
            rules.add(rule(device, "echo", Action.PASS, Families.INET, new Service.Echo(), new Host.Self(), false));
        }
        if (holds(device, Family.IPV6)) {
            rules.add(rule(device, "echo6", Action.PASS, Families.INET6, new Service.Echo(), new Host.Self(), false));
        }
        return rules;
    }

    private boolean holds(DeviceRules device, Family family) {
        return addresses(device).stream().anyMatch(address -> Family.of(address) == family);
    }

    private List<WantedRule> refusedIpv6() {
        List<String> refusing = home.inside().stream()
                .filter(Network::refusesIpv6)
                .map(Network::interfaceName)
                .toList();
        if (refusing.isEmpty()) {
            return List.of();
        }
        return List.of(
                new WantedRule(
                        Mark.shared("everybody6"),
                        Action.BLOCK,
                        refusing,
                        Families.INET6,
                        ALL,
                        ANY,
                        aliases.everybody(),
                        false,
                        Optional.empty()),
                // Told at once, hosts go on over IPv4 without waiting.
                new WantedRule(
                        Mark.shared("no ipv6"),
                        Action.REJECT,
                        refusing,
                        Families.INET6,
                        ALL,
                        ANY,
                        ANY,
                        true,
                        Optional.empty()));
    }

    private WantedRule rule(
            DeviceRules device,
            String purpose,
            Action action,
            Families families,
            Service service,
            Host destination,
            boolean log) {
        return new WantedRule(
                new Mark(device.device(), purpose),
                action,
                interfaces(device),
                families,
                service,
                members(device),
                destination,
                log,
                Optional.empty());
    }

    /** Of its own network, and of every other in which it holds an address. */
    private List<String> interfaces(DeviceRules device) {
        Optional<String> lives = home.device(device.device()).map(Device::network);
        return home.inside().stream()
                .filter(network -> lives.filter(network.name()::equals).isPresent()
                        || addresses(device).stream().anyMatch(network::contains))
                .map(Network::interfaceName)
                .toList();
    }

    private Set<InetAddress> addresses(DeviceRules device) {
        return device.policy() instanceof Policy.Online
                ? input.held().getOrDefault(device.device(), Set.of())
                : device.addresses();
    }

    private Host members(DeviceRules device) {
        return aliases.make(new Mark(device.device(), ""), WantedAlias.Kind.HOSTS, texts(addresses(device)));
    }

    /** The other networks of the house; nothing where there is but one. */
    private Optional<Host.In> others(DeviceRules device) {
        Set<String> own = Set.copyOf(interfaces(device));
        Set<Prefix> prefixes = new LinkedHashSet<>();
        for (Network network : home.inside()) {
            if (!own.contains(network.interfaceName())) {
                prefixes.addAll(network.prefixes());
                prefixes.addAll(input.ownPrefixes().getOrDefault(network.interfaceName(), List.of()));
            }
        }
        if (prefixes.isEmpty()) {
            return Optional.empty();
        }
        Mark mark = Mark.shared("not " + String.join(" ", own.stream().sorted().toList()));
        return Optional.of(aliases.make(
                mark,
                WantedAlias.Kind.NETWORKS,
                prefixes.stream().map(Prefix::toString).toList()));
    }

    private static List<String> texts(Set<InetAddress> addresses) {
        return addresses.stream().map(Addresses::text).toList();
    }
}
