package org.funkstille.lab.facade.opnsense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfHost;
import org.funkstille.lab.facade.pf.PfPorts;
import org.funkstille.lab.facade.pf.PfRule;
import org.funkstille.lab.facade.pf.PfRuleBuilder;

/** Makes rules of pf of the rules of the configuration (opnsense/core, FilterRuleField.php, library FilterRule.php). */
final class FilterRules {

    static final int FLOATING = 200_000;
    static final int INTERFACE = 400_000;

    private final Configuration configuration;
    private final AliasNames aliases;

    FilterRules(Configuration configuration) {
        this.configuration = configuration;
        this.aliases = configuration.aliasNames();
    }

    /** Rules of one interface stand behind those of none or several. */
    static int priority(Item rule) {
        return rule.get("interface").isEmpty() || rule.get("interface").contains(",") ? FLOATING : INTERFACE;
    }

    /** In the order of pf. Rules of one sequence are in no order that anybody chose. */
    static List<Item> ordered(List<Item> rules) {
        return rules.stream()
                .sorted(Comparator.comparingInt(FilterRules::priority)
                        .thenComparingInt(rule -> Integer.parseInt(rule.get("sequence")))
                        .thenComparing(Item::uuid))
                .toList();
    }

    List<GeneratedRule> generated() {
        return ordered(configuration.rules().all()).stream()
                .map(this::generated)
                .toList();
    }

    private GeneratedRule generated(Item rule) {
        List<PfRule> lines = new ArrayList<>();
        boolean complete = true;
        for (Optional<String> on : devices(rule)) {
            for (Family family : families(rule)) {
                Optional<PfRule> line = line(rule, on, family);
                complete &= line.isPresent();
                line.ifPresent(lines::add);
            }
        }
        String keep = !rule.get("action").equals("pass")
                ? ""
                : switch (rule.get("statetype")) {
                    case "none" -> "no state";
                    case "keep" -> "keep state";
                    default -> "keep state ( " + rule.get("statetype") + "  )";
                };
        return new GeneratedRule(
                rule.uuid(), priority(rule), rule.get("description"), rule.is("enabled") && complete, keep, lines);
    }

    /** A line for each interface; one without, where the rule is for all. */
    private static List<Optional<String>> devices(Item rule) {
        if (rule.get("interface").isEmpty()) {
            return List.of(Optional.empty());
        }
        return Arrays.stream(rule.get("interface").split(","))
                .flatMap(key -> BoxInterface.byKey(key).stream())
                .map(one -> Optional.of(one.device()))
                .toList();
    }

    private static List<Family> families(Item rule) {
        return switch (rule.get("ipprotocol")) {
            case "inet" -> List.of(Family.IPV4);
            case "inet6" -> List.of(Family.IPV6);
            default -> List.of(Family.IPV4, Family.IPV6);
        };
    }

    /** Nothing where the rule names an alias that is gone: such a rule is left out, with no word to anybody. */
    private Optional<PfRule> line(Item rule, Optional<String> on, Family family) {
        Optional<PfHost> source = host(rule, "source", family);
        Optional<PfHost> destination = host(rule, "destination", family);
        Optional<List<PfPorts>> sourcePorts = ports(rule.get("source_port"));
        Optional<List<PfPorts>> destinationPorts = ports(rule.get("destination_port"));
        if (source.isEmpty() || destination.isEmpty() || sourcePorts.isEmpty() || destinationPorts.isEmpty()) {
            return Optional.empty();
        }
        PfRuleBuilder line = builder(rule)
                .log(rule.is("log"))
                .quick(rule.is("quick"))
                .family(family)
                .protocols(protocols(rule.get("protocol"), family))
                .from(source.get(), sourcePorts.get())
                .to(destination.get(), destinationPorts.get())
                .icmpTypes(icmpTypes(rule))
                .label(rule.uuid());
        if (rule.is("interfacenot")) {
            on.ifPresent(line::notOn);
        } else {
            on.ifPresent(line::on);
        }
        if (rule.get("statetype").equals("none")) {
            line.noState();
        }
        return Optional.of(line.build());
    }

    private static PfRuleBuilder builder(Item rule) {
        PfRule.Direction direction =
                PfRule.Direction.valueOf(rule.get("direction").toUpperCase(Locale.ROOT));
        return switch (rule.get("action")) {
            case "block" -> PfRule.block(direction);
            case "reject" -> PfRule.blockReturn(direction);
            default -> PfRule.pass(direction);
        };
    }

    private static List<String> protocols(String protocol, Family family) {
        return switch (protocol) {
            case "any" -> List.of();
            case "TCP/UDP" -> List.of("tcp", "udp");
            case "ICMP" -> List.of(family == Family.IPV4 ? "icmp" : "ipv6-icmp");
            default -> List.of(protocol.toLowerCase(Locale.ROOT));
        };
    }

    private static Integer[] icmpTypes(Item rule) {
        return Arrays.stream(rule.get("icmptype").split(","))
                .filter(type -> !type.isEmpty())
                .map(type -> RuleModel.ICMP_TYPES.getOrDefault(type, 8))
                .toArray(Integer[]::new);
    }

    private Optional<List<PfPorts>> ports(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        Optional<PfPorts> written = Ports.parse(text);
        if (written.isPresent()) {
            return written.map(List::of);
        }
        return aliases.find(text)
                .filter(alias -> alias.is("enabled"))
                .map(alias -> AliasModel.entries(alias).stream()
                        .flatMap(entry -> ports(entry).orElse(List.of()).stream())
                        .toList());
    }

    private Optional<PfHost> host(Item rule, String end, Family family) {
        List<PfAddress> addresses = new ArrayList<>();
        for (String entry : rule.get(end + "_net").split(",")) {
            if (entry.equals("any")) {
                return Optional.of(PfHost.ANY);
            }
            List<PfAddress> found = addresses(entry, end.equals("source") && family == Family.IPV6);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            addresses.addAll(found);
        }
        return Optional.of(new PfHost(rule.is(end + "_not"), addresses));
    }

    private List<PfAddress> addresses(String entry, boolean withLinkLocal) {
        if (entry.equals("(self)")) {
            return List.of(new PfAddress.Self());
        }
        Optional<BoxInterface> network = BoxInterface.byKey(entry);
        if (network.isPresent()) {
            List<PfAddress> addresses = new ArrayList<>();
            addresses.add(new PfAddress.OfInterface(network.get().device(), true));
            if (withLinkLocal) {
                addresses.add(PfAddress.Net.tryParse("fe80::/10").orElseThrow());
            }
            return addresses;
        }
        if (entry.endsWith("ip")) {
            Optional<BoxInterface> own = BoxInterface.byKey(entry.substring(0, entry.length() - 2));
            if (own.isPresent()) {
                return List.of(new PfAddress.OfInterface(own.get().device(), false));
            }
        }
        Optional<PfAddress.Net> literal = PfAddress.Net.tryParse(entry);
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        boolean known = aliases.find(entry).map(alias -> alias.is("enabled")).orElse(aliases.ofAddresses(entry));
        return known ? List.of(new PfAddress.Table(entry)) : List.of();
    }
}
