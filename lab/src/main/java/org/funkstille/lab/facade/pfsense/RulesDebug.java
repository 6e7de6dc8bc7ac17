package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfInterface;
import org.funkstille.lab.facade.pf.PfRule;
import org.funkstille.lab.facade.pf.PfRuleset;
import org.funkstille.lab.facade.pf.PfStatement;
import org.funkstille.lab.facade.pf.PfTable;

/** What {@code filter_configure} makes of the configuration: {@code /tmp/rules.debug}. */
record RulesDebug(Configuration configuration) {

    private static final String NAT =
            "nat on wan0 inet from { 127.0.0.0/8 ::1/128 192.168.1.0/24 192.168.20.0/24 } to any";

    PfRuleset ruleset() {
        List<PfStatement> statements = new ArrayList<>(SystemRules.of(configuration.interfaces()));
        statements.addAll(new UserRules(configuration).statements());
        statements.add(PfStatement.of("\n# VPN Rules\n\nanchor \"tftp-proxy/*\"\n", PfRule.anchor("tftp-proxy/*")));
        return new PfRuleset(head(), tables(), scrubs(), translations(), middle(), statements, true);
    }

    private static String head() {
        return """
                set state-policy if-bound
                set limit table-entries 400000
                set optimization normal
                set limit states 25600
                set limit src-nodes 25600

                #System aliases
                loopback = "{ lo0 }"
                """;
    }

    private List<PfTable> tables() {
        List<PfTable> tables = new ArrayList<>();
        for (HomeInterface one : configuration.interfaces()) {
            List<PfAddress.Net> networks = one.real().addresses().stream()
                    .map(PfInterface.Address::network)
                    .map(PfAddress.Net::new)
                    .toList();
            String name = one.networkTable();
            String text = "%s = \"{ %s }\"\ntable <%s> persist { %s }\n%s = \"<%s>\"\n"
                    .formatted(one.descr(), one.real().name(), name, joined(networks), name, name);
            tables.add(new PfTable(name, text, Optional.of(networks)));
        }
        tables.add(kept("bogons", "table <bogons> persist file \"/etc/bogons\"\nbogons = \"<bogons>\"\n"));
        tables.add(kept("bogonsv6", "table <bogonsv6> persist file \"/etc/bogonsv6\"\nbogonsv6 = \"<bogonsv6>\"\n"));
        tables.add(kept("sshguard", "\n#SSH Lockout Table\ntable <sshguard> persist\n"));
        tables.add(kept("snort2c", "#Snort tables\ntable <snort2c>\n"));
        tables.add(kept("virusprot", "table <virusprot>\n"));
        tables.add(kept("vpn_networks", "table <vpn_networks> persist\n\n# User Aliases \n"));
        for (Json.Fields alias : configuration.aliases().objects()) {
            if (!isOfPorts(alias)) {
                tables.add(ofAlias(alias));
            }
        }
        return tables;
    }

    private static boolean isOfPorts(Json.Fields alias) {
        return alias.get("type").plain().equals("port");
    }

    private PfTable ofAlias(Json.Fields alias) {
        String name = alias.get("name").plain();
        List<PfAddress.Net> content = new Aliases(configuration).addresses(alias);
        String table = content.isEmpty() ? "persist" : "{   " + joined(content) + " } ";
        String text = "table <%1$s> %2$s\n%1$s = \"<%1$s>\"\n".formatted(name, table);
        return new PfTable(name, text, Optional.of(content));
    }

    private static String joined(List<PfAddress.Net> networks) {
        return String.join("  ", networks.stream().map(PfAddress.Net::toString).toList());
    }

    /** What other programs put into it stays. */
    private static PfTable kept(String name, String text) {
        return new PfTable(name, text, Optional.empty());
    }

    private List<String> scrubs() {
        List<String> lines = new ArrayList<>();
        for (HomeInterface one : configuration.interfaces()) {
            lines.add("scrub on " + one.real().name() + " inet all fragment reassemble");
            lines.add("scrub on " + one.real().name() + " inet6 all fragment reassemble");
        }
        return lines;
    }

    private static List<String> translations() {
        List<String> lines = new ArrayList<>(List.of("no nat proto carp all", "nat-anchor \"natearly/*\" all"));
        lines.add("nat-anchor \"natrules/*\" all");
        for (String source : List.of("127.0.0.0/8", "192.168.1.0/24", "192.168.20.0/24")) {
            lines.add("nat on wan0 inet from " + source + " to any -> 198.51.100.2 port 1024:65535");
        }
        lines.add("no rdr proto carp all");
        lines.add("rdr-anchor \"tftp-proxy/*\" all");
        return lines;
    }

    private String middle() {
        StringBuilder text = new StringBuilder();
        for (Json.Fields alias : configuration.aliases().objects()) {
            if (isOfPorts(alias)) {
                String name = alias.get("name").plain();
                String ports = String.join("  ", new Aliases(configuration).entries(name, new LinkedHashSet<>()));
                text.append("%s = \"{   %s }\"\n".formatted(name, ports));
            }
        }
        text.append(" \n# Gateways\n");
        text.append("GWWANGW = \" route-to ( wan0 198.51.100.1 ) \"\n\n \n");
        text.append("set loginterface lan0\n\nset skip on pfsync0\nset keepcounters\n\n\n");
        scrubs().forEach(line -> text.append(line).append('\n'));
        text.append(
                "\n\nno nat proto carp\nno rdr proto carp\nnat-anchor \"natearly/*\"\nnat-anchor \"natrules/*\"\n\n\n");
        text.append("# Outbound NAT rules (automatic)\n");
        text.append(NAT).append(" -> 198.51.100.2/32 port 1024:65535\n");
        text.append("# TFTP proxy\nrdr-anchor \"tftp-proxy/*\"\n# NAT Inbound Redirects\n\n");
        return text.toString();
    }
}
