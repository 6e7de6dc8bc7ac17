package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;

/**
 * Finds rules that are not ours, stand before ours in pf, and could let a device out. The proof looks at everything; this
 * is for the owner, who must move such a rule: up to 26.1, floating rules of the older page stand before ours whatever
 * sequence ours have.
 *
 * <p>The system's own rules before all others are left out: DHCP, the ICMPv6 that RFC 4890 asks for, and the way to the
 * administration page.
 */
final class ForeignRules {

    private static final Pattern INTERFACE = Pattern.compile(" on (! )?(\\S+)");
    private static final Pattern FROM = Pattern.compile(" from (!? ?)(\\S+)");
    private static final Pattern DHCP =
            Pattern.compile(" proto udp .*port = (bootps|bootpc|dhcpv6-client|dhcpv6-server|67|68|546|547)\\b");
    private static final Pattern TO_ROUTER = Pattern.compile(" proto tcp .* to \\((self|[a-z0-9_.]+)\\) port ");
    private static final Pattern DYNAMIC = Pattern.compile("\\(([A-Za-z0-9_.]+)(:network)?(:[0-9]+)?\\)");

    private final Legs legs;
    private final Map<String, List<String>> tables;

    /** @param tables the entries of those tables that are known */
    ForeignRules(Legs legs, Map<String, List<String>> tables) {
        this.legs = legs;
        this.tables = Map.copyOf(tables);
    }

    /**
     * @param ours the ids of our rules
     * @param refusing the id of the rule that refuses everything of the device
     * @param devices the real names of the interfaces that it may come in by
     * @return the texts of such rules
     */
    List<String> before(
            PfRules rules, Set<String> ours, String refusing, Set<InetAddress> addresses, Set<String> devices) {
        List<String> found = new ArrayList<>();
        for (PfRules.PfRule rule : rules.filter()) {
            if (rule.labels().contains(refusing)) {
                return found;
            }
            boolean foreign = rule.labels().stream().noneMatch(ours::contains);
            if (foreign && passes(rule.text()) && concerns(rule.text(), addresses, devices)) {
                found.add(rule.text());
            }
        }
        return found;
    }

    /** The table that a rule asks of the source, where the rule passes and asks for one. */
    static Optional<String> sourceTable(String text) {
        Matcher from = FROM.matcher(text);
        return passes(text) && from.find() && from.group(2).startsWith("<")
                ? Optional.of(tableName(from.group(2)))
                : Optional.empty();
    }

    private static String tableName(String host) {
        return host.replaceAll("^<|(:[0-9]+)?>$", "");
    }

    private static boolean passes(String text) {
        boolean incoming = text.matches("pass (?!out\\b).*") && text.matches(".* quick\\b.*");
        boolean systems = DHCP.matcher(text).find()
                || text.contains("icmp6-type")
                || TO_ROUTER.matcher(text).find();
        return incoming && !systems;
    }

    private boolean concerns(String text, Set<InetAddress> addresses, Set<String> devices) {
        return comesIn(text, devices)
                && addresses.stream().anyMatch(address -> family(text, address) && source(text, address));
    }

    /** Of an interface whose name we do not know, a group perhaps, anything may be a member. */
    private boolean comesIn(String text, Set<String> devices) {
        Matcher named = INTERFACE.matcher(text);
        if (!named.find()) {
            return true;
        }
        boolean known = legs.all().stream().anyMatch(leg -> leg.device().equals(named.group(2)));
        boolean here = devices.contains(named.group(2));
        return named.group(1) == null ? here || !known : !here || devices.size() > 1;
    }

    private static boolean family(String text, InetAddress address) {
        return Family.of(address) == Family.IPV4 ? !text.contains(" inet6 ") : !text.contains(" inet ");
    }

    private boolean source(String text, InetAddress address) {
        Matcher from = FROM.matcher(text);
        if (!from.find()) {
            return true;
        }
        Optional<Boolean> inside = contains(from.group(2), address);
        boolean negated = from.group(1).contains("!");
        return inside.map(in -> in != negated).orElse(true);
    }

    /** Nothing where it cannot be told. */
    private Optional<Boolean> contains(String host, InetAddress address) {
        if (host.startsWith("<")) {
            return Optional.ofNullable(tables.get(tableName(host)))
                    .map(entries -> entries.stream().anyMatch(entry -> holds(entry, address)));
        }
        Matcher dynamic = DYNAMIC.matcher(host);
        if (dynamic.matches()) {
            return legs.called(dynamic.group(1))
                    .map(leg -> dynamic.group(2) == null
                            ? leg.addresses().contains(address)
                            : leg.prefixes().stream().anyMatch(prefix -> prefix.contains(address)));
        }
        boolean literal =
                Addresses.tryParse(host).isPresent() || Prefix.tryParse(host).isPresent();
        return literal ? Optional.of(holds(host, address)) : Optional.empty();
    }

    private static boolean holds(String entry, InetAddress address) {
        return Addresses.tryParse(entry).filter(address::equals).isPresent()
                || Prefix.tryParse(entry)
                        .filter(prefix -> prefix.contains(address))
                        .isPresent();
    }
}
