package org.funkstille.routers.linux;

import static org.funkstille.routers.linux.NftJson.ACCEPT;
import static org.funkstille.routers.linux.NftJson.DROP;
import static org.funkstille.routers.linux.NftJson.ETHER_SOURCE;
import static org.funkstille.routers.linux.NftJson.command;
import static org.funkstille.routers.linux.NftJson.concat;
import static org.funkstille.routers.linux.NftJson.connection;
import static org.funkstille.routers.linux.NftJson.destinationType;
import static org.funkstille.routers.linux.NftJson.goTo;
import static org.funkstille.routers.linux.NftJson.in;
import static org.funkstille.routers.linux.NftJson.is;
import static org.funkstille.routers.linux.NftJson.jump;
import static org.funkstille.routers.linux.NftJson.log;
import static org.funkstille.routers.linux.NftJson.meta;
import static org.funkstille.routers.linux.NftJson.named;
import static org.funkstille.routers.linux.NftJson.payload;
import static org.funkstille.routers.linux.NftJson.quote;
import static org.funkstille.routers.linux.NftJson.rule;
import static org.funkstille.routers.linux.NftJson.set;
import static org.funkstille.routers.linux.NftJson.verdictOf;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything in our table but the devices: chains, rules and empty sets.
 *
 * <p>The base chains stand at priority -500, before those of anybody else; an accept elsewhere does not matter, since in
 * nftables it ends only its own base chain, while our drop ends the packet. No rule asks whether a flow is established
 * before the device was looked up, so a flow that was open when its device is silenced, or when its window closes,
 * stops with its next packet.
 *
 * @param house the router's interfaces into the networks of the house
 * @param capacity how many elements a set can hold; a set of fixed size is a plain hash table in the kernel, which
 *     costs unaffected packets less than a growing one
 * @param tracking true where the router tracks connections; a rule that asks for a flow's state would switch tracking on
 *     for every packet, so on a router that does without there is none
 * @param pins6 true where some device has IPv6 addresses pinned; a look-up for none would cost every packet a little
 */
record TableLayout(List<String> house, int capacity, boolean tracking, boolean pins6) {

    private static final int PRIORITY = -500;

    /** Enough for IPv6 and UDP headers and the longest DNS question (RFC 1035: 255 octets and 4). */
    private static final int REFUSAL_BYTES = 384;

    private static final int ANSWER_BYTES = 1500;

    TableLayout {
        house = List.copyOf(house);
    }

    /** Grows in steps, so that a home gains devices without its table being laid anew each time. */
    static int capacityFor(int elements) {
        int capacity = 1024;
        while (capacity < 2 * elements) {
            capacity *= 2;
        }
        return capacity;
    }

    /** Commands that make an empty table, each one line of JSON. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        commands.add(NftJson.table("add"));
        sets(commands);
        for (String chain : chains()) {
            commands.add(command("add", "chain", "\"name\":\"" + chain + "\""));
        }
        base(commands, "forward", PRIORITY);
        base(commands, "input", PRIORITY);
        // Late: only answers that really leave the router are of interest.
        base(commands, "output", -PRIORITY);
        refuse(commands, "refuse_reject");
        refuse(commands, "refuse_drop");
        peers(commands);
        kept(commands);
        online(commands);
        silent(commands, Table.SILENT_REJECT, "refuse_reject");
        silent(commands, Table.SILENT_DROP, "refuse_drop");
        allowList(commands, Table.ALLOW_REJECT, "refuse_reject");
        allowList(commands, Table.ALLOW_DROP, "refuse_drop");
        forward(commands);
        input(commands);
        output(commands);
        return commands;
    }

    private static List<String> chains() {
        return List.of(
                "refuse_reject",
                "refuse_drop",
                "peers",
                "kept",
                Table.ONLINE,
                Table.SILENT_REJECT,
                Table.SILENT_DROP,
                Table.ALLOW_REJECT,
                Table.ALLOW_DROP);
    }

    private void sets(List<String> commands) {
        String counted = ",\"stmt\":[{\"counter\":null}]";
        commands.add(verdictMap(Table.BY_MAC, "ether_addr"));
        commands.add(verdictMap(Table.BY_ADDRESS4, "ipv4_addr"));
        commands.add(verdictMap(Table.BY_ADDRESS6, "ipv6_addr"));
        commands.add(plainSet(Table.WINDOW, quote("ether_addr"), ",\"flags\":[\"timeout\"]" + counted));
        commands.add(plainSet(Table.ECHO, quote("ether_addr"), ""));
        commands.add(plainSet(Table.REACH4, "[\"ether_addr\",\"ipv4_addr\"]", ""));
        commands.add(plainSet(Table.REACH6, "[\"ether_addr\",\"ipv6_addr\"]", ""));
        String destination = ",\"inet_proto\",\"inet_service\"]";
        commands.add(
                plainSet(Table.ALLOW4, "[\"ether_addr\",\"ipv4_addr\"" + destination, ",\"flags\":[\"interval\"]"));
        commands.add(
                plainSet(Table.ALLOW6, "[\"ether_addr\",\"ipv6_addr\"" + destination, ",\"flags\":[\"interval\"]"));
        // Filled by the packets themselves; entries go after a month, so that forged addresses cannot fill it for ever.
        commands.add(
                plainSet(Table.REFUSED, quote("ether_addr"), ",\"flags\":[\"timeout\"],\"timeout\":2592000" + counted));
        commands.add(command(
                "add",
                "set",
                "\"name\":\"" + Table.HOUSE + "\",\"type\":\"ifname\",\"elem\":["
                        + String.join(",", house.stream().map(NftJson::quote).toList()) + "]"));
    }

    private String verdictMap(String name, String key) {
        return command(
                "add",
                "map",
                "\"name\":\"%s\",\"type\":\"%s\",\"map\":\"verdict\",\"size\":%d,\"stmt\":[{\"counter\":null}]"
                        .formatted(name, key, capacity));
    }

    private String plainSet(String name, String type, String more) {
        return command("add", "set", "\"name\":\"%s\",\"type\":%s,\"size\":%d%s".formatted(name, type, capacity, more));
    }

    private static void base(List<String> commands, String hook, int priority) {
        commands.add(command(
                "add",
                "chain",
                "\"name\":\"%s\",\"type\":\"filter\",\"hook\":\"%s\",\"prio\":%d,\"policy\":\"accept\""
                        .formatted(hook, hook, priority)));
    }

    /** Counted, logged, answered. What the whole network hears is not an attempt to leave it, and gets no answer. */
    private static void refuse(List<String> commands, String chain) {
        commands.add(rule(chain, is(destinationType(), set(quote("broadcast"), quote("multicast"))), DROP));
        commands.add(rule(
                chain,
                "{\"set\":{\"op\":\"update\",\"elem\":" + ETHER_SOURCE + ",\"set\":\"@" + Table.REFUSED + "\"}}"));
        commands.add(rule(chain, log(Table.REFUSALS_GROUP, REFUSAL_BYTES)));
        if (chain.equals("refuse_reject")) {
            commands.add(rule(chain, is(meta("l4proto"), quote("tcp")), "{\"reject\":{\"type\":\"tcp reset\"}}"));
            commands.add(rule(chain, "{\"reject\":{\"type\":\"icmpx\",\"expr\":\"admin-prohibited\"}}"));
        } else {
            commands.add(rule(chain, DROP));
        }
    }

    /** What stays open within the house: answers to others, and the holes of {@code reach}. */
    private void peers(List<String> commands) {
        String inHouse = is(meta("oifname"), named(Table.HOUSE));
        if (tracking) {
            commands.add(rule("peers", inHouse, answers(), reply(), ACCEPT));
        }
        commands.add(rule(
                "peers", inHouse, is(concat(ETHER_SOURCE, payload("ip", "daddr")), named(Table.REACH4)), ACCEPT));
        commands.add(rule(
                "peers", inHouse, is(concat(ETHER_SOURCE, payload("ip6", "daddr")), named(Table.REACH6)), ACCEPT));
    }

    /** May go out, but is kept from other networks of the house: online devices, and open windows. */
    private static void kept(List<String> commands) {
        commands.add(rule("kept", jump("peers")));
        commands.add(rule("kept", is(meta("oifname"), named(Table.HOUSE)), goTo("refuse_reject")));
        commands.add(rule("kept", ACCEPT));
    }

    private void online(List<String> commands) {
        // A silent device's address is silent, whoever uses it.
        lookUpAddress(commands, Table.ONLINE);
        commands.add(rule(Table.ONLINE, goTo("kept")));
    }

    private static void silent(List<String> commands, String chain, String refusal) {
        commands.add(rule(chain, is(ETHER_SOURCE, named(Table.WINDOW)), goTo("kept")));
        commands.add(rule(chain, jump("peers")));
        commands.add(rule(chain, goTo(refusal)));
    }

    private static void allowList(List<String> commands, String chain, String refusal) {
        String protocolAndPort = meta("l4proto") + "," + payload("th", "dport");
        commands.add(rule(chain, is(ETHER_SOURCE, named(Table.WINDOW)), goTo("kept")));
        commands.add(rule(chain, jump("peers")));
        commands.add(rule(
                chain, is(concat(ETHER_SOURCE, payload("ip", "daddr"), protocolAndPort), named(Table.ALLOW4)), ACCEPT));
        commands.add(rule(
                chain,
                is(concat(ETHER_SOURCE, payload("ip6", "daddr"), protocolAndPort), named(Table.ALLOW6)),
                ACCEPT));
        commands.add(rule(
                chain,
                is(destinationType(), quote("local")),
                is(meta("l4proto"), set(quote("tcp"), quote("udp"))),
                is(payload("th", "dport"), "53"),
                ACCEPT));
        commands.add(rule(chain, goTo(refusal)));
    }

    private void forward(List<String> commands) {
        lookUp(commands, "forward");
    }

    /** The router's own services are a way out as well: its resolver forwards what it is asked. */
    private void input(List<String> commands) {
        commands.add(rule("input", is(payload("udp", "sport"), "68"), is(payload("udp", "dport"), "67"), ACCEPT));
        commands.add(rule("input", is(payload("udp", "sport"), "546"), is(payload("udp", "dport"), "547"), ACCEPT));
        commands.add(rule(
                "input",
                is(
                        payload("icmpv6", "type"),
                        set(
                                quote("nd-router-solicit"),
                                quote("nd-neighbor-solicit"),
                                quote("nd-neighbor-advert"),
                                quote("mld-listener-report"),
                                quote("mld-listener-done"),
                                quote("mld2-listener-report"))),
                ACCEPT));
        if (tracking) {
            commands.add(rule("input", answers(), reply(), ACCEPT));
        }
        String pings = is(ETHER_SOURCE, named(Table.ECHO));
        commands.add(rule("input", pings, is(payload("icmp", "type"), quote("echo-request")), ACCEPT));
        commands.add(rule("input", pings, is(payload("icmpv6", "type"), quote("echo-request")), ACCEPT));
        lookUp(commands, "input");
    }

    private void lookUp(List<String> commands, String chain) {
        commands.add(rule(chain, verdictOf(ETHER_SOURCE, Table.BY_MAC)));
        lookUpAddress(commands, chain);
    }

    private void lookUpAddress(List<String> commands, String chain) {
        commands.add(rule(chain, verdictOf(payload("ip", "saddr"), Table.BY_ADDRESS4)));
        if (pins6) {
            commands.add(rule(chain, verdictOf(payload("ip6", "saddr"), Table.BY_ADDRESS6)));
        }
    }

    /** Copies of the resolver's answers, so that destinations have names. */
    private static void output(List<String> commands) {
        commands.add(rule(
                "output",
                is(payload("udp", "sport"), "53"),
                is(meta("oifname"), named(Table.HOUSE)),
                log(Table.NAMES_GROUP, ANSWER_BYTES)));
    }

    private static String answers() {
        return in(connection("state"), "[\"established\",\"related\"]");
    }

    /** Of a flow that somebody else began. */
    private static String reply() {
        return is(connection("direction"), quote("reply"));
    }
}
