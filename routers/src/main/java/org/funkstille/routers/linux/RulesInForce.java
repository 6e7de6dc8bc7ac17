package org.funkstille.routers.linux;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.kernel.Command;
import org.funkstille.routers.RouterConnection;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.SavedRules;
import org.funkstille.routers.SavedRules.Part;
import org.funkstille.routers.SavedRules.Text;

/** Reads every rule in force on a Linux router: those of nftables, and those of the iptables that was before it. */
final class RulesInForce {

    private static final String IPV6_OFF = "/proc/sys/net/ipv6/conf/%s/disable_ipv6";

    /** The old iptables of each family: where the kernel names its tables, and the program that prints them. */
    private static final Map<String, String> OLD_IPTABLES = new TreeMap<>(Map.of(
            "/proc/net/ip_tables_names", "iptables-legacy-save",
            "/proc/net/ip6_tables_names", "ip6tables-legacy-save"));

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "/proc/sys/net/ipv4/ip_forward", "net.ipv4.ip_forward",
            "/proc/sys/net/ipv6/conf/all/forwarding", "net.ipv6.conf.all.forwarding"));

    private final Home home;
    private final RouterConnection connection;
    private final Nft nft;
    private final Clock clock;

    RulesInForce(Home home, RouterConnection connection, Nft nft, Clock clock) {
        this.home = home;
        this.connection = connection;
        this.nft = nft;
        this.clock = clock;
    }

    SavedRules read() throws RouterException {
        Instant now = clock.instant();
        List<String> doubts = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("nft-json", List.of(new Text("nft list ruleset", nft.wholeRuleset()))));
        Map<String, List<String>> kernel = kernel(doubts);
        List<Text> old = oldRules(kernel, doubts);
        List<Text> ipsets = List.of();
        if (!old.isEmpty()) {
            parts.add(new Part("iptables-save", old));
            ipsets = ipsets(old, doubts);
        }
        return new SavedRules(parts, ipsets, settings(kernel), now, connection.zone(), doubts);
    }

    /** The lines of the files that the kernel keeps, by path; one program for all of them. */
    private Map<String, List<String>> kernel(List<String> doubts) throws RouterException {
        List<String> argv = new ArrayList<>(List.of("grep", "-H", "."));
        argv.addAll(OLD_IPTABLES.keySet());
        argv.addAll(SETTINGS.keySet());
        argv.addAll(ipv6Switches());
        Command.Result result = Programs.require(connection.run(argv, ""), "grep", "grep");
        result.err()
                .lines()
                .filter(line -> line.contains("tables_names") && !line.contains("No such file"))
                .forEach(line -> doubts.add("rules of the old iptables may be in force and cannot be read: "
                        + line.replaceFirst("^grep: ", "")));
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (String line : result.out().lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.computeIfAbsent(line.substring(0, colon), path -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return lines;
    }

    private List<String> ipv6Switches() {
        List<String> paths = new ArrayList<>(List.of(IPV6_OFF.formatted("all")));
        home.networks().stream()
                .map(Network::interfaceName)
                .distinct()
                .map(IPV6_OFF::formatted)
                .forEach(paths::add);
        return paths;
    }

    /** Asked only for tables that are there: the question alone would make the kernel load them. */
    private List<Text> oldRules(Map<String, List<String>> kernel, List<String> doubts) throws RouterException {
        List<Text> texts = new ArrayList<>();
        for (Map.Entry<String, String> family : OLD_IPTABLES.entrySet()) {
            List<String> tables = kernel.getOrDefault(family.getKey(), List.of());
            if (tables.isEmpty()) {
                continue;
            }
            Command.Result saved = connection.run(family.getValue());
            if (!saved.ok()) {
                doubts.add("tables of the old iptables are in force (" + String.join(", ", tables) + ") and "
                        + family.getValue() + " cannot read them: "
                        + saved.err().strip());
            } else if (saved.out().lines().anyMatch(RulesInForce::decides)) {
                texts.add(new Text(family.getValue(), saved.out()));
            }
        }
        return texts;
    }

    /** A rule, or a policy that is not to accept. */
    private static boolean decides(String line) {
        return line.startsWith("-A ") || (line.startsWith(":") && line.contains(" DROP "));
    }

    private List<Text> ipsets(List<Text> rules, List<String> doubts) throws RouterException {
        if (rules.stream().noneMatch(text -> text.content().contains("--match-set"))) {
            return List.of();
        }
        Command.Result saved = connection.run("ipset", "save");
        if (!saved.ok()) {
            doubts.add("rules ask for sets that cannot be read: ipset save: "
                    + saved.err().strip());
            return List.of();
        }
        return List.of(new Text("ipset save", saved.out()));
    }

    private List<Text> settings(Map<String, List<String>> kernel) {
        List<String> lines = new ArrayList<>();
        SETTINGS.forEach((path, name) -> kernel.getOrDefault(path, List.of()).stream()
                .limit(1)
                .forEach(value -> lines.add(name + " = " + value)));
        // Each interface may have been switched on again after all were switched off.
        boolean off = ipv6Switches().stream()
                .map(path -> kernel.getOrDefault(path, List.of("1")))
                .allMatch(List.of("1")::equals);
        if (off && kernel.containsKey(IPV6_OFF.formatted("all"))) {
            lines.add("net.ipv6.conf.all.disable_ipv6 = 1");
        }
        return List.of(
                new Text("sysctl", lines.stream().map(line -> line + "\n").collect(Collectors.joining())));
    }
}
