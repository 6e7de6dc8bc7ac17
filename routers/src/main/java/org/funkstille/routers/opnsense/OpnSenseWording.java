package org.funkstille.routers.opnsense;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Protocol;
import org.funkstille.routers.pf.WantedAlias;
import org.funkstille.routers.pf.WantedRule;
import org.funkstille.routers.pf.WantedRule.Families;
import org.funkstille.routers.pf.WantedRule.Host;
import org.funkstille.routers.pf.WantedRule.Service;
import org.funkstille.routers.pf.Wording;

/**
 * How OPNsense says what is wanted, in the fields of {@code firewall/filter}.
 *
 * <p>A rule is floating only if it names no interface or several (opnsense/core, FilterRuleField::getPriority): one that
 * names a single interface stands behind all floating ones. So rules that go by the addresses of a device name none, and
 * match those addresses wherever they come in. A rule for everybody on one interface goes by that interface's networks.
 */
final class OpnSenseWording implements Wording {

    static final String ICMP_TYPE = "icmptype";
    static final String ICMP6_TYPE = "icmp6type";

    private final Legs legs;
    private final Set<String> offered;

    /** @param offered the fields that a rule has in this version */
    OpnSenseWording(Legs legs, Set<String> offered) {
        this.legs = legs;
        this.offered = Set.copyOf(offered);
    }

    @Override
    public Map<String, String> fields(WantedRule rule) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("enabled", "1");
        fields.put("action", action(rule.action()));
        fields.put("quick", "1");
        fields.put("interface", interfaces(rule));
        fields.put("direction", "in");
        fields.put("ipprotocol", families(rule.families()));
        fields.put("protocol", protocol(rule));
        fields.put("source_net", source(rule));
        fields.put("source_not", rule.source() instanceof Host.NotIn ? "1" : "0");
        fields.put("source_port", "");
        fields.put("destination_net", host(rule.destination()));
        fields.put("destination_not", rule.destination() instanceof Host.NotIn ? "1" : "0");
        fields.put("destination_port", port(rule.service()));
        fields.put("log", rule.log() ? "1" : "0");
        fields.put("statetype", "keep");
        boolean echo = rule.service() instanceof Service.Echo;
        boolean six = rule.families() == Families.INET6;
        // Without these fields, all of ICMP to the router itself passes where an echo should.
        if (offered.contains(ICMP_TYPE)) {
            fields.put(ICMP_TYPE, echo && !six ? "echoreq" : "");
        }
        if (offered.contains(ICMP6_TYPE)) {
            fields.put(ICMP6_TYPE, echo && six ? "128" : "");
        }
        return fields;
    }

    private static String action(WantedRule.Action action) {
        return switch (action) {
            case PASS -> "pass";
            case BLOCK -> "block";
            case REJECT -> "reject";
        };
    }

    private String interfaces(WantedRule rule) {
        boolean everybody = rule.source() instanceof Host.Any;
        return everybody && rule.interfaces().size() > 1
                ? String.join(
                        ",", rule.interfaces().stream().map(legs::id).sorted().toList())
                : "";
    }

    private String source(WantedRule rule) {
        boolean ofOneNetwork =
                rule.source() instanceof Host.Any && rule.interfaces().size() == 1;
        return ofOneNetwork ? legs.id(rule.interfaces().getFirst()) : host(rule.source());
    }

    private static String families(Families families) {
        return switch (families) {
            case INET -> "inet";
            case INET6 -> "inet6";
            case BOTH -> "inet46";
        };
    }

    /** As /etc/protocols has them, in capitals. */
    private static String protocol(WantedRule rule) {
        return switch (rule.service()) {
            case Service.All all -> "any";
            case Service.Echo echo -> rule.families() == Families.INET6 ? "IPV6-ICMP" : "ICMP";
            case Service.Transport transport -> protocols(transport.protocols());
        };
    }

    private static String protocols(Set<Protocol> protocols) {
        List<String> names = protocols.stream()
                .map(one -> one.equals(Protocol.ICMPV6)
                        ? "IPV6-ICMP"
                        : one.toString().toUpperCase(Locale.ROOT))
                .sorted()
                .toList();
        return String.join("/", names);
    }

    private static String port(Service service) {
        return service instanceof Service.Transport transport
                ? transport.port().map(String::valueOf).orElse("")
                : "";
    }

    private static String host(Host host) {
        return switch (host) {
            case Host.Any any -> "any";
            case Host.Self self -> "(self)";
            case Host.In alias -> alias.alias();
            case Host.NotIn alias -> alias.alias();
            case Host.One one -> Addresses.text(one.address());
        };
    }

    @Override
    public String kind(WantedAlias.Kind kind) {
        return switch (kind) {
            case HOSTS -> "host";
            case NETWORKS -> "network";
            case FILLED_LATER -> "external";
        };
    }
}
