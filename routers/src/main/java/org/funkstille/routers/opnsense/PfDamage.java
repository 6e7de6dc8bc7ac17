package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.WantedAlias;
import org.funkstille.routers.pf.WantedRule;

/** Where pf itself differs from what the configuration says of our rules: {@code apply} says OK either way. */
final class PfDamage {

    private final Home home;
    private final Snapshot found;
    private final Aliases aliases;

    PfDamage(Home home, Snapshot found, Aliases aliases) {
        this.home = home;
        this.found = found;
        this.aliases = aliases;
    }

    List<String> list() throws RouterException {
        List<String> damage = new ArrayList<>();
        missing(damage);
        tables(damage);
        Optional<PfRules> rules = found.inForce().rules();
        if (rules.isPresent()) {
            order(rules.get(), damage);
            foreign(rules.get(), damage);
        }
        return damage;
    }

    private Map<String, String> idsByMark() {
        Map<String, String> ids = new HashMap<>();
        found.rules().stream().filter(FilterRule::isOurs).forEach(rule -> ids.put(rule.description(), rule.uuid()));
        return ids;
    }

    /** Of old numbers nothing follows: a rule that was laid a moment ago may not be among them yet. */
    private void missing(List<String> damage) {
        Optional<Map<String, Long>> packets =
                found.inForce().fresh() ? found.inForce().packets() : Optional.empty();
        Map<String, String> ids = idsByMark();
        for (WantedRule rule : found.layout().rules()) {
            String id = ids.get(rule.mark().toString());
            if (id != null && packets.filter(inPf -> !inPf.containsKey(id)).isPresent()) {
                damage.add("pf does not have the rule \"" + rule.mark() + "\", which stands in the configuration: the"
                        + " router did not load it (Firewall > Log Files, System > Log Files say why)");
            }
        }
    }

    /** Against the configuration: what that should be is the comparison's to say, device by device. */
    private void tables(List<String> damage) {
        for (WantedAlias wanted : found.layout().aliases()) {
            Optional<Alias> alias = found.alias(wanted.name());
            if (alias.isPresent() && wanted.kind() != WantedAlias.Kind.FILLED_LATER) {
                List<String> entries = found.tables()
                        .getOrDefault(wanted.name(), Optional.empty())
                        .orElse(List.of());
                if (!TableEntries.same(entries, alias.get().entries())) {
                    damage.add("pf's table " + wanted.name() + " holds " + entries + " instead of "
                            + alias.get().entries());
                }
            }
        }
    }

    private void order(PfRules rules, List<String> damage) {
        Map<String, String> ids = idsByMark();
        List<String> should = new ArrayList<>();
        for (WantedRule rule : found.layout().rules()) {
            Optional.ofNullable(ids.get(rule.mark().toString())).ifPresent(should::add);
        }
        Set<String> known = Set.copyOf(should);
        Set<String> are = new LinkedHashSet<>();
        rules.filter()
                .forEach(rule -> rule.labels().stream().filter(known::contains).forEach(are::add));
        if (!List.copyOf(are).equals(should.stream().filter(are::contains).toList())) {
            damage.add("our rules do not stand in their order in pf");
        }
    }

    private void foreign(PfRules rules, List<String> damage) throws RouterException {
        Map<String, String> ids = idsByMark();
        Set<String> ours = Set.copyOf(ids.values());
        ForeignRules others = new ForeignRules(found.legs(), tablesAsked(rules, ours));
        for (Device device : home.devices()) {
            Optional<String> refusing = found.layout().refusing(device.name()).stream()
                    .reduce((earlier, later) -> later)
                    .map(rule -> ids.get(rule.mark().toString()));
            if (device.restricted() && refusing.isPresent()) {
                Set<InetAddress> addresses = found.observation().addressesOf(device).stream()
                        .filter(address -> !address.isLinkLocalAddress())
                        .collect(Collectors.toSet());
                others.before(rules, ours, refusing.get(), addresses, interfaces(device, addresses)).stream()
                        .findFirst()
                        .ifPresent(text -> damage.add("a rule that is not ours stands before ours in pf and can let "
                                + device.name() + " out: \"" + text
                                + "\"; move it behind ours, narrow it or delete it (Firewall > Rules > Floating)"));
            }
        }
    }

    /** The sources of rules that pass and are not ours. */
    private Map<String, List<String>> tablesAsked(PfRules rules, Set<String> ours) throws RouterException {
        Map<String, List<String>> tables = new HashMap<>();
        for (PfRules.PfRule rule : rules.filter()) {
            boolean foreign = rule.labels().stream().noneMatch(ours::contains);
            Optional<String> table = ForeignRules.sourceTable(rule.text());
            if (foreign && table.isPresent() && !tables.containsKey(table.get())) {
                aliases.table(table.get()).ifPresent(entries -> tables.put(table.get(), entries));
            }
        }
        return tables;
    }

    private Set<String> interfaces(Device device, Set<InetAddress> addresses) {
        Set<String> names = new LinkedHashSet<>();
        for (Network network : home.inside()) {
            if (network.name().equals(device.network()) || addresses.stream().anyMatch(network::contains)) {
                found.legs()
                        .called(network.interfaceName())
                        .map(Leg::device)
                        .ifPresentOrElse(names::add, () -> names.add(network.interfaceName()));
            }
        }
        return names;
    }
}
