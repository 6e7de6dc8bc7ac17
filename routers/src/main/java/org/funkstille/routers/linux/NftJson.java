package org.funkstille.routers.linux;

import java.util.List;

/**
 * Pieces of libnftables-json(5), as text. Written out rather than built from a tree because a table of 10,000 devices
 * has some 30,000 elements, and because a null value, which nft wants in {@code {"accept": null}}, must stay.
 */
final class NftJson {

    static final String ACCEPT = "{\"accept\":null}";
    static final String DROP = "{\"drop\":null}";
    static final String ETHER_SOURCE = payload("ether", "saddr");

    private static final String OWN = "\"family\":\"" + Table.FAMILY + "\",\"table\":\"" + Table.NAME + "\"";

    private NftJson() {}

    static String command(String verb, String kind, String attributes) {
        return "{\"" + verb + "\":{\"" + kind + "\":{" + OWN + "," + attributes + "}}}";
    }

    static String table(String verb) {
        return "{\"" + verb + "\":{\"table\":{\"family\":\"" + Table.FAMILY + "\",\"name\":\"" + Table.NAME + "\"}}}";
    }

    static String rule(String chain, String... expressions) {
        return command("add", "rule", "\"chain\":\"" + chain + "\",\"expr\":[" + String.join(",", expressions) + "]");
    }

    static String elements(String verb, String set, List<String> elements) {
        return command(verb, "element", "\"name\":\"" + set + "\",\"elem\":[" + String.join(",", elements) + "]");
    }

    static String document(List<String> commands) {
        return "{\"nftables\":[\n" + String.join(",\n", commands) + "\n]}\n";
    }

    static String is(String left, String right) {
        return match("==", left, right);
    }

    static String in(String left, String right) {
        return match("in", left, right);
    }

    private static String match(String operator, String left, String right) {
        return "{\"match\":{\"op\":\"" + operator + "\",\"left\":" + left + ",\"right\":" + right + "}}";
    }

    static String payload(String protocol, String field) {
        return "{\"payload\":{\"protocol\":\"" + protocol + "\",\"field\":\"" + field + "\"}}";
    }

    static String meta(String key) {
        return "{\"meta\":{\"key\":\"" + key + "\"}}";
    }

    static String connection(String key) {
        return "{\"ct\":{\"key\":\"" + key + "\"}}";
    }

    /** What the routing table says of the destination: local, unicast, broadcast, multicast. */
    static String destinationType() {
        return "{\"fib\":{\"result\":\"type\",\"flags\":[\"daddr\"]}}";
    }

    static String concat(String... parts) {
        return "{\"concat\":[" + String.join(",", parts) + "]}";
    }

    static String set(String... items) {
        return "{\"set\":[" + String.join(",", items) + "]}";
    }

    static String named(String set) {
        return quote("@" + set);
    }

    static String verdictOf(String key, String map) {
        return "{\"vmap\":{\"key\":" + key + ",\"data\":" + named(map) + "}}";
    }

    static String jump(String chain) {
        return "{\"jump\":{\"target\":\"" + chain + "\"}}";
    }

    static String goTo(String chain) {
        return "{\"goto\":{\"target\":\"" + chain + "\"}}";
    }

    static String log(int group, int bytes) {
        return "{\"log\":{\"prefix\":\"funkstille\",\"group\":" + group + ",\"snaplen\":" + bytes + "}}";
    }

    static String quote(String text) {
        return '"' + text + '"';
    }
}
