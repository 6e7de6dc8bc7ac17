package org.funkstille.bench.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.net.Family;
import org.funkstille.proof.read.SourceText;

/** Rules as {@code nft -j list ruleset} prints them: one table for both families. */
final class NftForm {

    private static final String TABLE = "\"family\":\"inet\",\"table\":\"filter\"";

    private NftForm() {}

    static SourceText of(HomeRules home, Optional<PrefixTable> prefixes) {
        List<String> items = new ArrayList<>();
        items.add("{\"metainfo\":{\"version\":\"1.0.6\",\"json_schema_version\":1}}");
        items.add("{\"table\":{\"family\":\"inet\",\"name\":\"filter\",\"handle\":1}}");
        prefixes.ifPresent(table -> items.add(set(table)));
        items.add(chain("INPUT", "input"));
        items.add(chain("FORWARD", "forward"));
        int handle = 10;
        for (HomeRule rule : home.rules()) {
            items.add(rule(rule, handle++));
        }
        return new SourceText("ruleset.json", "{\"nftables\":[" + String.join(",\n", items) + "]}\n");
    }

    private static String set(PrefixTable table) {
        return "{\"set\":{" + TABLE + ",\"name\":\"" + PrefixTable.NAME
                + "\",\"type\":\"ipv4_addr\",\"handle\":2,\"flags\":[\"interval\"],\"elem\":["
                + table.prefixes().stream().map(NftForm::prefix).collect(Collectors.joining(","))
                + "]}}";
    }

    private static String chain(String name, String hook) {
        return "{\"chain\":{" + TABLE + ",\"name\":\"" + name + "\",\"handle\":3,\"type\":\"filter\",\"hook\":\"" + hook
                + "\",\"prio\":0,\"policy\":\"drop\"}}";
    }

    private static String rule(HomeRule rule, int handle) {
        List<String> statements = new ArrayList<>();
        for (Part part : rule.parts()) {
            statements.add(match(part, rule.families().contains(Family.IPV4) ? "ip" : "ip6"));
        }
        statements.add(rule.accept() ? "{\"accept\":null}" : "{\"drop\":null}");
        return "{\"rule\":{" + TABLE + ",\"chain\":\"" + rule.chain() + "\",\"handle\":" + handle + ",\"expr\":["
                + String.join(",", statements) + "]}}";
    }

    private static String match(Part part, String network) {
        return switch (part) {
            case Part.ComesFrom(String mac) -> match("==", payload("ether", "saddr"), quoted(mac));
            case Part.In(String name) -> match("==", "{\"meta\":{\"key\":\"iifname\"}}", quoted(name));
            case Part.Out(String name) -> match("==", "{\"meta\":{\"key\":\"oifname\"}}", quoted(name));
            case Part.Source(String prefix) -> match("==", payload(network, "saddr"), prefix(prefix));
            case Part.Destination(String prefix) -> match("==", payload(network, "daddr"), prefix(prefix));
            case Part.Ports(String protocol, List<Integer> ports) ->
                match(
                        "==",
                        payload(protocol, "dport"),
                        ports.size() == 1 ? ports.getFirst().toString() : "{\"set\":" + ports + "}");
            case Part.InTable() -> match("==", payload(network, "daddr"), quoted("@" + PrefixTable.NAME));
            case Part.Answers() -> match("in", "{\"ct\":{\"key\":\"state\"}}", "[\"established\",\"related\"]");
        };
    }

    private static String match(String operator, String left, String right) {
        return "{\"match\":{\"op\":\"" + operator + "\",\"left\":" + left + ",\"right\":" + right + "}}";
    }

    private static String payload(String protocol, String field) {
        return "{\"payload\":{\"protocol\":\"" + protocol + "\",\"field\":\"" + field + "\"}}";
    }

    private static String prefix(String text) {
        String[] parts = text.split("/", -1);
        return parts[1].equals("32")
                ? quoted(parts[0])
                : "{\"prefix\":{\"addr\":\"" + parts[0] + "\",\"len\":" + parts[1] + "}}";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
