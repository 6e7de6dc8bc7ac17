package org.funkstille.lab.facade.pfsense;

import java.util.List;

/**
 * What is in the configuration before anybody uses the API: pfSense's own default rules of the LAN, and what a careless
 * owner has added: the IoT network may do anything.
 */
final class Factory {

    private static final long CREATED = 1_700_000_000;
    private static final String OWNER = "admin@192.168.1.20 (Local Database)";

    private Factory() {}

    static void fill(Configuration configuration) {
        configuration
                .aliases()
                .create(
                        Json.fields(
                                "name", "admins",
                                "type", "host",
                                "address", Json.texts(List.of("192.168.1.20", "192.168.1.21")),
                                "detail", Json.texts(List.of("phone", "laptop")),
                                "descr", "Who may ping"),
                        -1);
        rule(
                configuration,
                1_700_000_001,
                rule("lan", "reject", "inet", "any", "No mail past our server")
                        .with("protocol", Json.of("tcp"))
                        .with("destination_port", Json.of("25")));
        rule(
                configuration,
                1_700_000_002,
                rule("lan", "pass", "inet", "admins", "Admins ping everything")
                        .with("protocol", Json.of("icmp"))
                        .with("icmptype", Json.texts(List.of("echoreq")))
                        .with("log", Json.of(true)));
        rule(configuration, 100_000_101, rule("lan", "pass", "inet", "lan", "Default allow LAN to any rule"));
        rule(configuration, 100_000_102, rule("lan", "pass", "inet6", "lan", "Default allow LAN IPv6 to any rule"));
        rule(configuration, 1_700_000_003, rule("opt1", "pass", "inet", "opt1", "Allow IOT to any"));
        rule(configuration, 1_700_000_004, rule("opt1", "pass", "inet6", "opt1", "Allow IOT IPv6 to any"));
    }

    private static Json.Fields rule(String on, String type, String family, String source, String descr) {
        return Json.fields(
                "type", type,
                "interface", Json.texts(List.of(on)),
                "ipprotocol", family,
                "source", source,
                "destination", "any",
                "descr", descr);
    }

    /** @param tracker that the GUI gave it; pfSense's own rules have fixed ones */
    private static void rule(Configuration configuration, long tracker, Json.Fields rule) {
        configuration
                .rules()
                .restore(rule.with("tracker", Json.of(tracker))
                        .with("created_time", Json.of(CREATED))
                        .with("created_by", Json.of(OWNER))
                        .with("updated_time", Json.of(CREATED))
                        .with("updated_by", Json.of(OWNER)));
    }
}
