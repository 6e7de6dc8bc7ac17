package org.funkstille.lab.facade.opnsense;

import java.util.LinkedHashMap;
import java.util.Map;
import org.funkstille.lab.network.Segment;

/** What the owner has before anybody else writes: the installer's configuration and a few things of his own. */
final class FactoryConfiguration {

    static final String DEFAULT_LAN_RULE = "2cf8ec02-d031-402f-a4d2-532025e12c95";
    static final String DEFAULT_LAN_RULE_6 = "11896ce6-f4a9-4788-9921-ea24e33ee539";
    private static final String IOT_RULE = "5a1f62c4-3f0e-4c0b-9a43-1c44b0c3d0aa";
    private static final String PRINTER_RULE = "8a0b7a3e-64f3-4f55-8a5e-9b3c0d6a1f01";
    private static final String VPN_RULE = "8a0b7a3e-64f3-4f55-8a5e-9b3c0d6a1f02";
    private static final String OPEN_RULE = "8a0b7a3e-64f3-4f55-8a5e-9b3c0d6a1f03";
    private static final String PRINTER_ALIAS = "c1d2e3f4-0001-4a4a-8b8b-000000000001";

    private FactoryConfiguration() {}

    static void fill(Configuration configuration, Options options) {
        ItemList aliases = configuration.aliases();
        aliases.put(aliases.blank(PRINTER_ALIAS)
                .with(Map.of(
                        "name", "h_printer",
                        "type", "host",
                        "content", "192.168.1.30\n192.168.1.31",
                        "description", "printer & scanner, Gäste")));
        ItemList rules = configuration.rules();
        if (options.release().hasDefaultRulesInModel()) {
            rules.put(rule(rules, DEFAULT_LAN_RULE, "1", "lan", "Default allow LAN to any rule")
                    .with(Map.of("source_net", "lan")));
            rules.put(rule(rules, DEFAULT_LAN_RULE_6, "11", "lan", "Default allow LAN IPv6 to any rule")
                    .with(Map.of("source_net", "lan", "ipprotocol", "inet6")));
            rules.put(rule(rules, IOT_RULE, "21", "opt1", "allow IOT to any").with(Map.of("ipprotocol", "inet46")));
        }
        rules.put(rule(rules, PRINTER_RULE, "111", "lan", "printer stays at home")
                .with(Map.of("action", "block", "source_net", "h_printer", "log", "1")));
        rules.put(rule(rules, VPN_RULE, "211", "wan", "wireguard")
                .with(Map.of("protocol", "UDP", "destination_net", "wanip", "destination_port", "51820")));
        if (options.ownersFloatingPass()) {
            rules.put(rule(rules, OPEN_RULE, "1", "", "all open, do not touch").with(Map.of("ipprotocol", "inet46")));
        }
        services(configuration);
    }

    private static Item rule(ItemList rules, String uuid, String sequence, String on, String description) {
        return rules.blank(uuid).with(Map.of("sequence", sequence, "interface", on, "description", description));
    }

    private static void services(Configuration configuration) {
        for (Segment segment : Segment.values()) {
            String number = segment == Segment.LAN ? "1" : "2";
            Map<String, String> range = new LinkedHashMap<>();
            range.put("interface", segment == Segment.LAN ? "lan" : "opt1");
            range.put("start_addr", segment.poolStart());
            range.put("end_addr", segment.poolEnd());
            ItemList ranges = configuration.ranges();
            ranges.put(
                    ranges.blank("d0d0d0d0-0000-4000-8000-00000000000" + number).with(range));
            ItemList subnets = configuration.subnets();
            subnets.put(subnets.blank("e0e0e0e0-0000-4000-8000-00000000000" + number)
                    .with(Map.of(
                            "subnet", segment.ipv4Prefix(), "pools", segment.poolStart() + " - " + segment.poolEnd())));
        }
    }
}
