package org.funkstille.lab.facade.pf;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.funkstille.core.net.Family;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/** The tables of pf: sets of addresses that rules name, each with the time that it was put in. In memory only. */
public final class PfTables {

    private final Host router;
    private final InstantSource clock;
    private final Map<String, Map<PfAddress.Net, Instant>> tables = new TreeMap<>();

    PfTables(Host router, InstantSource clock) {
        this.router = router;
        this.clock = clock;
    }

    /** Takes over what a rule set says of its tables; those that it does not name are gone. */
    synchronized void define(Set<String> named, Map<String, List<PfAddress.Net>> contents) {
        tables.keySet().retainAll(named);
        for (String name : named) {
            Map<PfAddress.Net, Instant> table = tables.computeIfAbsent(name, _ -> new LinkedHashMap<>());
            List<PfAddress.Net> content = contents.get(name);
            if (content != null) {
                table.keySet().retainAll(content);
                content.forEach(entry -> table.putIfAbsent(entry, clock.instant()));
            }
        }
    }

    synchronized Map<String, Set<PfAddress.Net>> contents() {
        Map<String, Set<PfAddress.Net>> result = new TreeMap<>();
        tables.forEach((name, content) -> result.put(name, Set.copyOf(content.keySet())));
        return result;
    }

    /** {@code pfctl -sT}. */
    public synchronized List<String> names() {
        return List.copyOf(tables.keySet());
    }

    /** {@code pfctl -t NAME -T show}; nothing where there is no such table. */
    public synchronized Optional<List<PfAddress.Net>> entries(String name) {
        return Optional.ofNullable(tables.get(name)).map(table -> List.copyOf(table.keySet()));
    }

    int size(String name) {
        return entries(name).map(List::size).orElse(0);
    }

    /**
     * {@code pfctl -t NAME -T add}.
     *
     * @return how many were not in it; a table that is not there is made
     */
    public synchronized int add(String name, List<PfAddress.Net> entries) throws IOException, InterruptedException {
        Map<PfAddress.Net, Instant> table = tables.computeIfAbsent(name, _ -> new LinkedHashMap<>());
        int before = table.size();
        entries.forEach(entry -> table.putIfAbsent(entry, clock.instant()));
        apply(name);
        return table.size() - before;
    }

    /**
     * {@code pfctl -t NAME -T delete}.
     *
     * @return how many were in it
     */
    public synchronized int delete(String name, List<PfAddress.Net> entries) throws IOException, InterruptedException {
        Map<PfAddress.Net, Instant> table = tables.getOrDefault(name, new LinkedHashMap<>());
        int before = table.size();
        entries.forEach(table::remove);
        apply(name);
        return before - table.size();
    }

    /** {@code pfctl -t NAME -T replace}. Entries that stay keep their time. */
    public synchronized void replace(String name, List<PfAddress.Net> entries)
            throws IOException, InterruptedException {
        Map<PfAddress.Net, Instant> table = tables.computeIfAbsent(name, _ -> new LinkedHashMap<>());
        table.keySet().retainAll(entries);
        entries.forEach(entry -> table.putIfAbsent(entry, clock.instant()));
        apply(name);
    }

    /**
     * {@code pfctl -t NAME -T expire SECONDS}: takes out what was put in longer ago. States live on.
     *
     * @return how many that were
     */
    public synchronized int expire(String name, Duration age) throws IOException, InterruptedException {
        Instant limit = clock.instant().minus(age);
        Map<PfAddress.Net, Instant> table = tables.getOrDefault(name, new LinkedHashMap<>());
        int before = table.size();
        table.values().removeIf(since -> !since.isAfter(limit));
        if (table.size() != before) {
            apply(name);
        }
        return before - table.size();
    }

    synchronized void forget() {
        tables.clear();
    }

    private void apply(String name) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        Set<PfAddress.Net> content = tables.getOrDefault(name, Map.of()).keySet();
        for (Family family : Family.values()) {
            String set = NftRuleset.TABLE + " " + NftMatch.set(name, family);
            String type = family == Family.IPV4 ? "ipv4_addr" : "ipv6_addr";
            script.append("add table " + NftRuleset.TABLE + "\n");
            script.append("add set " + set + " { type " + type + "; flags interval; auto-merge; }\n");
            script.append("flush set " + set + "\n");
            String elements = NftRuleset.elements(content, family);
            if (!elements.isEmpty()) {
                script.append("add element " + set + " { " + elements + " }\n");
            }
        }
        router.run(Command.of("nft", "-f", "-").withInput(script.toString()));
    }
}
