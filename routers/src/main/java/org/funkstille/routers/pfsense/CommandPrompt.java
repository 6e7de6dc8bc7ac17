package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Neighbour;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.PfctlRules;

/**
 * What only a shell tells, by {@code POST diagnostics/command_prompt}, which is root. Only made where the router's owner
 * allows it ({@code allow: [command-prompt]}). No text that comes from the network becomes part of a command.
 */
final class CommandPrompt {

    private static final Pattern KILLED = Pattern.compile("killed (\\d+) states?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,31}");

    private final PfSenseApi api;

    CommandPrompt(PfSenseApi api) {
        this.api = api;
    }

    private String run(String command) throws RouterException {
        Item answer = api.post("diagnostics/command_prompt", JsonObject.create().add("command", command));
        if (answer.number("result_code") != 0) {
            throw new RouterException.Refused("\"" + command + "\" on the router: "
                    + answer.textOr("output", "").strip());
        }
        return answer.textOr("output", "");
    }

    /** What pf has in force and what it counted. */
    List<PfctlRules.Counted> rules() throws RouterException {
        return PfctlRules.read(run("pfctl -vvsr"));
    }

    /** As pfSense wrote them for pf when it last loaded them. */
    String generated() throws RouterException {
        return run("cat /tmp/rules.debug");
    }

    List<String> tables() throws RouterException {
        return run("pfctl -s Tables")
                .lines()
                .map(String::strip)
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }

    String table(String name) throws RouterException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a table: " + name);
        }
        return run("pfctl -t " + name + " -T show");
    }

    /** Who holds which IPv6 address. */
    List<Neighbour> neighbours6() throws RouterException {
        List<Neighbour> neighbours = new ArrayList<>();
        for (String line : run("ndp -an").lines().toList()) {
            // fe80::1%em1  52:54:00:00:00:01  em1  23h59m58s S
            String[] words = line.strip().split("\\s+");
            if (words.length >= 3) {
                Optional<InetAddress> address = Addresses.tryParse(words[0].replaceFirst("%.*", ""));
                Mac.tryParse(words[1])
                        .ifPresent(mac -> address.ifPresent(held -> neighbours.add(new Neighbour(mac, held))));
            }
        }
        return neighbours;
    }

    /** Ends all states that an address began. */
    int kill(InetAddress source) throws RouterException {
        Matcher killed = KILLED.matcher(run("pfctl -k " + Addresses.text(source)));
        return killed.find() ? Integer.parseInt(killed.group(1)) : 0;
    }

    /** Packets by the tracker of the rule that pf's rules were made of. */
    static Map<String, Long> packets(List<PfctlRules.Counted> rules) {
        Map<String, Long> packets = new HashMap<>();
        rules.forEach(rule -> rule.tracker().ifPresent(tracker -> packets.merge(tracker, rule.packets(), Long::sum)));
        return packets;
    }
}
