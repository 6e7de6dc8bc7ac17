package org.funkstille.lab.facade.opnsense;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfHost;
import org.funkstille.lab.facade.pf.PfPorts;
import org.funkstille.lab.facade.pf.PfRule;
import org.funkstille.lab.facade.pf.PfRule.Direction;
import org.funkstille.lab.facade.pf.PfRuleBuilder;

/**
 * The rules that OPNsense adds of its own, as its code writes them for a box with one internet interface and two networks
 * of the house. The labels that people know are the real ones.
 */
final class SystemRules {

    static final String DEFAULT_DENY = "02f4bab031b57d1e30553ce08e0ec131";
    private static final String LET_OUT = "fae559338f65e11c53669fc3642c93c2";
    private static final String FORCE_GATEWAY = "49484b4b90e87d327015604798f010e9";
    private static final String LOCKOUT_HTTP = "01e83daa25c4483dee217a7ecd7c9a88";
    private static final String LOCKOUT_HTTPS = "3345e04986bd5750d23b77cbbb21271f";

    private static final String KEEP = "keep state";
    private static final String ICMP = "IPv6 RFC4890 requirements (ICMP)";
    private static final PfHost SELF = PfHost.of(new PfAddress.Self());
    private static final PfHost LOCAL6 = PfHost.of("fe80::/10");
    private static final PfHost GROUP6 = PfHost.of("ff02::/16");

    private final List<GeneratedRule> rules = new ArrayList<>();

    private SystemRules() {}

    static List<GeneratedRule> of(Release release) {
        SystemRules system = new SystemRules();
        system.denials();
        system.icmp6(release);
        system.attacks();
        system.dhcp();
        system.internet();
        system.ownPackets();
        return system.rules;
    }

    private void denials() {
        String text = "Default deny / state violation rule";
        add(DEFAULT_DENY, 1, text, "", block().family(Family.IPV4), block().family(Family.IPV6));
    }

    private void icmp6(Release release) {
        Integer[] errors = release.hasDefaultRulesInModel()
                ? new Integer[] {1, 2, 3, 4, 135, 136}
                : new Integer[] {1, 2, 135, 136};
        Integer[] discovery = {128, 133, 134, 135, 136};
        add("", 1, ICMP, KEEP, icmp(Direction.IN).icmpTypes(errors));
        Integer[] own = {128, 129, 133, 134, 135, 136};
        add(
                "",
                1,
                ICMP,
                KEEP,
                icmp(Direction.OUT).from(SELF).to(LOCAL6).icmpTypes(own),
                icmp(Direction.OUT).from(SELF).to(GROUP6).icmpTypes(own));
        add(
                "",
                1,
                ICMP,
                KEEP,
                icmp(Direction.IN).from(LOCAL6).to(LOCAL6).icmpTypes(discovery),
                icmp(Direction.IN).from(LOCAL6).to(GROUP6).icmpTypes(discovery));
        add("", 1, ICMP, KEEP, icmp(Direction.IN).from(GROUP6).to(LOCAL6).icmpTypes(discovery));
        add(
                "",
                1,
                ICMP,
                KEEP,
                icmp(Direction.IN).from(PfHost.of("::")).to(GROUP6).icmpTypes(discovery));
    }

    private void attacks() {
        PfPorts zero = PfPorts.of(0);
        String text = "block all targeting port 0";
        add("", 1, text, "", both(rule -> rule.protocols("tcp", "udp").from(PfHost.ANY, zero)));
        add("", 1, text, "", both(rule -> rule.protocols("tcp", "udp").to(PfHost.ANY, zero)));
        for (int port : List.of(22, 443)) {
            add(
                    "",
                    1,
                    "sshlockout",
                    "",
                    block().quick()
                            .protocols("tcp")
                            .from(PfHost.table("sshlockout"))
                            .to(SELF, PfPorts.of(port)));
        }
        add("", 1, "virusprot overload table", "", block().quick().from(PfHost.table("virusprot")));
    }

    private static PfRuleBuilder[] both(UnaryOperator<PfRuleBuilder> same) {
        return new PfRuleBuilder[] {
            same.apply(block().quick().family(Family.IPV4)),
            same.apply(block().quick().family(Family.IPV6))
        };
    }

    private void dhcp() {
        PfPorts server = PfPorts.of(67);
        PfPorts client = PfPorts.of(68);
        for (BoxInterface one : List.of(BoxInterface.LAN, BoxInterface.OPT1)) {
            String on = one.device();
            String text = "allow access to DHCP server";
            PfHost broadcast = PfHost.of("255.255.255.255");
            add("", 1, text, "", udp(Direction.IN, on).from(PfHost.ANY, client).to(broadcast, server));
            add("", 1, text, "", udp(Direction.IN, on).from(PfHost.ANY, client).to(SELF, server));
            add("", 1, text, "", udp(Direction.OUT, on).from(SELF, server).to(PfHost.ANY, client));
            PfPorts server6 = PfPorts.of(547);
            PfPorts client6 = PfPorts.of(546);
            add(
                    "",
                    1,
                    text,
                    "",
                    udp6(Direction.IN, on).from(LOCAL6).to(LOCAL6, client6),
                    udp6(Direction.IN, on).from(LOCAL6).to(GROUP6, client6));
            add("", 1, text, "", udp6(Direction.IN, on).from(LOCAL6).to(GROUP6, server6));
            add("", 1, text, "", udp6(Direction.IN, on).from(GROUP6).to(LOCAL6, server6));
            add("", 1, text, "", udp6(Direction.IN, on).from(LOCAL6).to(SELF, client6));
            add("", 1, text, "", udp6(Direction.OUT, on).from(SELF, server6).to(LOCAL6));
        }
    }

    private void internet() {
        String wan = BoxInterface.WAN.device();
        PfPorts server = PfPorts.of(67);
        PfPorts client = PfPorts.of(68);
        String text = "allow DHCP client on WAN";
        add("", 1, text, "", udp(Direction.IN, wan).from(PfHost.ANY, server).to(PfHost.ANY, client));
        add("", 1, text, "", udp(Direction.OUT, wan).from(PfHost.ANY, client).to(PfHost.ANY, server));
        String bogons = "Block bogon IPv4 networks from WAN";
        add("", 5, bogons, "", inbound(wan).family(Family.IPV4).from(PfHost.table("bogons")));
        String bogons6 = "Block bogon IPv6 networks from WAN";
        add("", 5, bogons6, "", inbound(wan).family(Family.IPV6).from(PfHost.table("bogonsv6")));
        List<String> nets = List.of(
                "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16");
        privateNetworks(wan, Family.IPV4, nets);
        privateNetworks(wan, Family.IPV6, List.of("fd00::/8", "fe80::/10", "::"));
    }

    private void privateNetworks(String wan, Family family, List<String> nets) {
        add(
                "",
                5,
                "Block private networks from WAN",
                "",
                nets.stream()
                        .map(net -> inbound(wan).family(family).from(PfHost.of(net)))
                        .toArray(PfRuleBuilder[]::new));
    }

    private void ownPackets() {
        String text = "let out anything from firewall host itself";
        add(LET_OUT, 5, text, KEEP, PfRule.pass(Direction.OUT).log().word("allow-opts"));
        PfHost router = SELF;
        String lan = BoxInterface.LAN.device();
        add(LOCKOUT_HTTP, 300, "anti-lockout rule", KEEP, tcp(lan).to(router, PfPorts.of(80)));
        add(LOCKOUT_HTTPS, 300, "anti-lockout rule", KEEP, tcp(lan).to(router, PfPorts.of(443)));
        String wan = BoxInterface.WAN.device();
        add(
                FORCE_GATEWAY,
                10_000,
                text + " (force gw)",
                KEEP,
                PfRule.pass(Direction.OUT)
                        .log()
                        .routing("route-to ( " + wan + " 198.51.100.1 )")
                        .from(PfHost.of(new PfAddress.OfInterface(wan, false)))
                        .to(PfHost.of(new PfAddress.OfInterface(wan, true)).not())
                        .word("allow-opts"));
    }

    private static PfRuleBuilder block() {
        return PfRule.block(Direction.IN).log();
    }

    private static PfRuleBuilder inbound(String on) {
        return block().quick().on(on);
    }

    private static PfRuleBuilder icmp(Direction direction) {
        return PfRule.pass(direction).log().quick().family(Family.IPV6).protocols("ipv6-icmp");
    }

    private static PfRuleBuilder udp(Direction direction, String on) {
        return PfRule.pass(direction).log().quick().on(on).protocols("udp");
    }

    private static PfRuleBuilder udp6(Direction direction, String on) {
        return udp(direction, on).family(Family.IPV6);
    }

    private static PfRuleBuilder tcp(String on) {
        return PfRule.pass(Direction.IN).log().quick().on(on).protocols("tcp");
    }

    /** @param label empty: made from the text, as the real one makes it from all that the rule is */
    private void add(String label, int priority, String description, String keepState, PfRuleBuilder... lines) {
        String made = label.isEmpty() ? Md5.of(rules.size() + description) : label;
        List<PfRule> built = new ArrayList<>();
        for (PfRuleBuilder line : lines) {
            built.add(line.label(made).build());
        }
        rules.add(new GeneratedRule(made, priority, description, true, keepState, built));
    }
}
