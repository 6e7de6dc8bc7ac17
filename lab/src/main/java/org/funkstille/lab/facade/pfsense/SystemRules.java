package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfAntispoof;
import org.funkstille.lab.facade.pf.PfHost;
import org.funkstille.lab.facade.pf.PfInterface;
import org.funkstille.lab.facade.pf.PfPorts;
import org.funkstille.lab.facade.pf.PfRule;
import org.funkstille.lab.facade.pf.PfRule.Direction;
import org.funkstille.lab.facade.pf.PfRuleBuilder;
import org.funkstille.lab.facade.pf.PfStatement;

/** The rules that pfSense writes before those of its owner, in the order and with the numbers of filter.inc. */
final class SystemRules {

    private static final PfHost LINK_LOCAL = PfHost.of("fe80::/10");
    private static final PfHost ALL_NODES = PfHost.of("ff02::/16");
    private static final PfHost ROUTER = PfHost.of(new PfAddress.Self());
    private static final String NOT_FOR_BOGONS = "https://www.team-cymru.org/Services/Bogons/";

    private final List<HomeInterface> interfaces;
    private final DebugText debug;
    private final List<PfStatement> statements = new ArrayList<>();

    private SystemRules(List<HomeInterface> interfaces) {
        this.interfaces = interfaces;
        this.debug = new DebugText(interfaces);
    }

    static List<PfStatement> of(List<HomeInterface> interfaces) {
        SystemRules rules = new SystemRules(interfaces);
        rules.anchor("openvpn/*");
        rules.anchor("ipsec/*");
        rules.deny();
        rules.icmp6();
        rules.lockouts();
        interfaces.forEach(rules::ofInterface);
        rules.own();
        rules.antiLockout();
        rules.comment("\n# User-defined rules follow\n\n");
        rules.anchor("userrules/*");
        return List.copyOf(rules.statements);
    }

    private void comment(String text) {
        statements.add(PfStatement.comment(text));
    }

    private void anchor(String name) {
        statements.add(PfStatement.of("anchor \"" + name + "\"\n", PfRule.anchor(name)));
    }

    private void add(PfRuleBuilder builder, long identifier, String label) {
        builder.identifier(identifier).stateOptions("if-bound");
        if (!label.isEmpty()) {
            builder.label(label);
        }
        PfRule rule = builder.build();
        statements.add(PfStatement.of(debug.of(rule), rule));
    }

    private static PfRuleBuilder block(Direction direction) {
        return PfRule.block(direction).log();
    }

    private static PfRuleBuilder pass(Direction direction) {
        return PfRule.pass(direction).quick();
    }

    private void deny() {
        comment("# block IPv4 link-local, which a router must not forward (RFC 3927)\n");
        add(block(Direction.IN).quick().from(PfHost.of("169.254.0.0/16")), 1000000101, "Block IPv4 link-local");
        add(block(Direction.IN).quick().to(PfHost.of("169.254.0.0/16")), 1000000102, "Block IPv4 link-local");
        String line = "#" + "-".repeat(75) + "\n";
        comment(line + "# default deny rules\n" + line);
        long identifier = 1000000103;
        for (Family family : Family.values()) {
            String label = "Default deny rule " + (family == Family.IPV4 ? "IPv4" : "IPv6");
            add(block(Direction.IN).family(family), identifier++, label);
            add(block(Direction.OUT).family(family), identifier++, label);
        }
    }

    private void icmp6() {
        comment("\n# IPv6 ICMP is not auxiliary, it is required for operation\n");
        add(icmp6(pass(Direction.ANY), 1, 2, 135, 136), 1000000107, "");
        Integer[] own = {129, 133, 134, 135, 136};
        Integer[] asked = {128, 133, 134, 135, 136};
        add(icmp6(pass(Direction.OUT), own).from(LINK_LOCAL).to(LINK_LOCAL), 1000000108, "");
        add(icmp6(pass(Direction.OUT), own).from(LINK_LOCAL).to(ALL_NODES), 1000000109, "");
        add(icmp6(pass(Direction.IN), asked).from(LINK_LOCAL).to(LINK_LOCAL), 1000000110, "");
        add(icmp6(pass(Direction.IN), asked).from(ALL_NODES).to(LINK_LOCAL), 1000000111, "");
        add(icmp6(pass(Direction.IN), asked).from(LINK_LOCAL).to(ALL_NODES), 1000000112, "");
        add(icmp6(pass(Direction.IN), asked).from(PfHost.of("::")).to(ALL_NODES), 1000000113, "");
    }

    private static PfRuleBuilder icmp6(PfRuleBuilder rule, Integer... types) {
        return rule.family(Family.IPV6).protocols("ipv6-icmp").icmpTypes(types);
    }

    private void lockouts() {
        PfPorts zero = PfPorts.of(0);
        long identifier = 1000000114;
        for (Family family : Family.values()) {
            add(port0(family).from(PfHost.ANY, zero), identifier++, "Block traffic from port 0");
            add(port0(family).to(PfHost.ANY, zero), identifier++, "Block traffic to port 0");
        }
        comment("\n# Snort package\n");
        PfHost snort = PfHost.table("snort2c");
        add(block(Direction.ANY).quick().from(snort), 1000000118, "Block snort2c hosts");
        add(block(Direction.ANY).quick().to(snort), 1000000119, "Block snort2c hosts");
        comment("\n# SSH lockout\n");
        add(lockout(22), 1000000301, "sshguard");
        comment("\n# webConfigurator lockout\n");
        add(lockout(443), 1000000351, "GUI Lockout");
        add(block(Direction.IN).quick().from(PfHost.table("virusprot")), 1000000400, "virusprot overload table");
    }

    private static PfRuleBuilder port0(Family family) {
        return block(Direction.ANY).quick().family(family).protocols("tcp", "udp");
    }

    private static PfRuleBuilder lockout(int port) {
        return block(Direction.IN)
                .quick()
                .protocols("tcp")
                .from(PfHost.table("sshguard"))
                .to(ROUTER, PfPorts.of(port));
    }

    private void ofInterface(HomeInterface one) {
        String on = one.real().name();
        if (one.id().equals("wan")) {
            comment("# block bogon networks\n# " + NOT_FOR_BOGONS + "\n");
            add(wan(on, PfHost.table("bogons")), 11001, "block bogon IPv4 networks from WAN");
            add(wan(on, PfHost.table("bogonsv6")), 11002, "block bogon IPv6 networks from WAN");
            antispoof(one, 1000001470);
            comment("# block anything from private networks on interfaces with the option set\n");
            add(wan(on, PfHost.of("10.0.0.0/8")), 12001, "Block private networks from WAN block 10/8");
            add(wan(on, PfHost.of("127.0.0.0/8")), 12002, "Block private networks from WAN block 127/8");
            add(wan(on, PfHost.of("172.16.0.0/12")), 12003, "Block private networks from WAN block 172.16/12");
            add(wan(on, PfHost.of("192.168.0.0/16")), 12004, "Block private networks from WAN block 192.168/16");
            add(wan(on, PfHost.of("fc00::/7")), 12005, "Block ULA networks from WAN block fc00::/7");
            return;
        }
        long first = one.id().equals("lan") ? 1000002520 : 1000003570;
        antispoof(one, first);
        comment("# allow access to DHCP server on " + one.descr() + "\n");
        PfHost address = PfHost.of(Addresses.text(
                one.address(Family.IPV4).map(PfInterface.Address::address).orElseThrow()));
        PfPorts server = PfPorts.of(67);
        PfPorts client = PfPorts.of(68);
        PfHost everybody = PfHost.of("255.255.255.255");
        String label = "allow access to DHCP server";
        add(udp(Direction.IN, on).from(PfHost.ANY, client).to(everybody, server), first + 21, label);
        add(udp(Direction.IN, on).from(PfHost.ANY, client).to(address, server), first + 22, label);
        add(udp(Direction.OUT, on).from(address, server).to(PfHost.ANY, client), first + 23, label);
    }

    private static PfRuleBuilder udp(Direction direction, String on) {
        return pass(direction).on(on).protocols("udp");
    }

    private static PfRuleBuilder wan(String on, PfHost source) {
        return block(Direction.IN).quick().on(on).from(source);
    }

    private void antispoof(HomeInterface one, long identifier) {
        String text = "antispoof log for $" + one.descr() + " ridentifier " + identifier + "\n";
        statements.add(new PfStatement(text, PfAntispoof.rules(one.real(), true, identifier)));
    }

    private void own() {
        comment("\n# loopback\n");
        long identifier = 1000003611;
        for (Family family : Family.values()) {
            String label = "pass " + (family == Family.IPV4 ? "IPv4" : "IPv6") + " loopback";
            add(PfRule.pass(Direction.IN).on("lo0").family(family), identifier++, label);
            add(PfRule.pass(Direction.OUT).on("lo0").family(family), identifier++, label);
        }
        comment("# let out anything from the firewall host itself and decrypted IPsec traffic\n");
        for (Family family : Family.values()) {
            String label =
                    "let out anything " + (family == Family.IPV4 ? "IPv4" : "IPv6") + " from firewall host itself";
            add(PfRule.pass(Direction.OUT).family(family).word("allow-opts"), identifier++, label);
        }
        PfInterface.Address wan = wan().address(Family.IPV4).orElseThrow();
        add(
                PfRule.pass(Direction.OUT)
                        .routing("route-to ( " + wan().real().name() + " 198.51.100.1 )")
                        .from(PfHost.of(Addresses.text(wan.address())))
                        .to(PfHost.of(wan.network().toString()).not())
                        .word("allow-opts"),
                1000003711,
                "let out anything from firewall host itself");
    }

    private HomeInterface wan() {
        return interfaces.getFirst();
    }

    private void antiLockout() {
        comment("# make sure the user cannot lock himself out of the webConfigurator or SSH\n");
        String lan = interfaces.get(1).real().name();
        PfRule rule = PfRule.pass(Direction.IN)
                .quick()
                .on(lan)
                .protocols("tcp")
                .to(PfHost.of(new PfAddress.OfInterface(lan, false)), PfPorts.of(443), PfPorts.of(80))
                .stateOptions("if-bound")
                .identifier(10001)
                .label("anti-lockout rule")
                .build();
        String text = "pass in  quick on " + lan + " proto tcp from any to (" + lan
                + ") port { 443 80 } ridentifier 10001 keep state label \"anti-lockout rule\"\n";
        statements.add(PfStatement.of(text, rule));
    }
}
