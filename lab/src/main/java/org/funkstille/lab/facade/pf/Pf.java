package org.funkstille.lab.facade.pf;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/**
 * pf of a simulated router. What is loaded acts on the packets of the lab's router, in place of the rules of the lab's
 * own Linux owner; address translation and the relay of those stay.
 */
public final class Pf implements AutoCloseable {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    /** Of each load; six bits of a serial count loads. */
    private static final int MOST_RULES = 1 << 10;

    private static final int LOADS = 1 << 6;

    private final Host router;
    private final BoxClock clock;
    private final List<PfInterface> interfaces;
    private final PfTables tables;
    private final PfStates states;
    private final FilterLog log;
    private List<LoadedRule> rules = List.of();
    private PfRuleset ruleset = new PfRuleset("", List.of(), List.of(), List.of(), "", List.of(), false);
    private Map<Integer, LoadedRule> bySerial = Map.of();
    private final Map<Integer, LoadedRule> everLoaded = new HashMap<>();
    private int loads;

    private Pf(Host router, BoxClock clock, String hostName, List<PfInterface> interfaces)
            throws IOException, InterruptedException {
        this.router = router;
        this.clock = clock;
        this.interfaces = List.copyOf(interfaces);
        this.tables = new PfTables(router, clock);
        this.states = new PfStates(router, interfaces, this::bySerial, this::everLoaded);
        this.log = new FilterLog(router, clock, hostName, this::bySerial);
    }

    /**
     * Takes the router's packets over. Until the first {@link #load} all of them pass.
     *
     * @param hostName the simulated router's own name, for its log
     */
    public static Pf takeOver(Host router, BoxClock clock, String hostName) throws IOException, InterruptedException {
        Pf pf = new Pf(router, clock, hostName, PfInterface.ofLab());
        router.set(List.of(new Host.Setting("netfilter/nf_conntrack_timestamp", "1")));
        pf.removeOwnersRules();
        return pf;
    }

    /** Also for a lab's router that has just booted, which loads its owner's rules. */
    private void removeOwnersRules() throws IOException, InterruptedException {
        router.run(Command.of("nft", "-f", "-").withInput("add table inet filter\ndelete table inet filter\n"));
    }

    /**
     * Replaces the rule set, all at once. Flows that are open go on.
     *
     * @throws PfRefusal where pf would not take it; then all stays as it was
     */
    public synchronized void load(PfRuleset next) throws PfRefusal, IOException, InterruptedException {
        List<LoadedRule> loaded = numbered(next);
        Map<String, List<PfAddress.Net>> contents = new HashMap<>();
        Set<String> names = new LinkedHashSet<>(implied(loaded));
        for (PfTable table : next.tables()) {
            names.add(table.name());
            table.content().ifPresent(content -> contents.put(table.name(), content));
        }
        Map<Integer, PfCounters> counters = next.keepsCounters() ? carriedOver(loaded) : Map.of();
        tables.define(names, contents);
        router.run(
                Command.of("nft", "-f", "-").withInput(NftRuleset.of(loaded, tables.contents(), counters, interfaces)));
        rules = loaded;
        ruleset = next;
        Map<Integer, LoadedRule> serials = new HashMap<>();
        loaded.forEach(rule -> serials.put(rule.serial(), rule));
        bySerial = serials;
        everLoaded.putAll(serials);
        loads++;
    }

    private List<LoadedRule> numbered(PfRuleset next) throws PfRefusal {
        List<LoadedRule> result = new ArrayList<>();
        for (PfStatement statement : next.statements()) {
            for (PfRule written : statement.rules()) {
                for (PfRule rule : expanded(statement, written)) {
                    int number = result.size();
                    if (number + 1 == MOST_RULES) {
                        throw new PfRefusal("pfctl: DIOCADDRULE: Cannot allocate memory");
                    }
                    int serial = (loads % LOADS) * MOST_RULES + number + 1;
                    result.add(
                            new LoadedRule(number, serial, rule, PfText.brief().of(rule)));
                }
            }
        }
        return List.copyOf(result);
    }

    private static List<PfRule> expanded(PfStatement statement, PfRule rule) throws PfRefusal {
        try {
            return PfExpansion.of(rule);
        } catch (PfRefusal refused) {
            throw new PfRefusal("/tmp/rules.debug: " + refused.getMessage() + ": "
                    + statement.text().strip() + "\npfctl: Syntax error in config file: pf rules not loaded");
        }
    }

    /** Rules may name tables that nobody defines: they are empty then. */
    private static Set<String> implied(List<LoadedRule> rules) {
        Set<String> names = new LinkedHashSet<>();
        for (LoadedRule rule : rules) {
            List<PfAddress> addresses =
                    new ArrayList<>(rule.rule().match().source().addresses());
            addresses.addAll(rule.rule().match().destination().addresses());
            for (PfAddress address : addresses) {
                if (address instanceof PfAddress.Table table) {
                    names.add(table.name());
                }
            }
        }
        return names;
    }

    /** Rules are the same where they read the same; among those their order tells. */
    private Map<Integer, PfCounters> carriedOver(List<LoadedRule> next) throws IOException, InterruptedException {
        Map<Integer, PfCounters> before = counters();
        Map<String, Deque<PfCounters>> byText = new HashMap<>();
        for (LoadedRule rule : rules) {
            byText.computeIfAbsent(rule.text(), _ -> new ArrayDeque<>())
                    .add(before.getOrDefault(rule.serial(), PfCounters.ZERO));
        }
        Map<Integer, PfCounters> result = new HashMap<>();
        for (LoadedRule rule : next) {
            PfCounters counted =
                    byText.getOrDefault(rule.text(), new ArrayDeque<>()).poll();
            if (counted != null) {
                result.put(rule.serial(), counted);
            }
        }
        return result;
    }

    private Map<Integer, PfCounters> counters() throws IOException, InterruptedException {
        if (rules.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonObject> named = new HashMap<>();
        String json = router.run(Command.of("nft", "-j", "list", "counters", "table", "inet", "pf"));
        for (JsonNode node : JSON.fromJsonObject(json).elements().get("nftables") instanceof JsonArray array
                ? array.elements()
                : List.<JsonNode>of()) {
            if (node instanceof JsonObject object && object.elements().get("counter") instanceof JsonObject counter) {
                named.put(counter.extract("name"), counter);
            }
        }
        Map<Integer, PfCounters> result = new HashMap<>();
        for (LoadedRule rule : rules) {
            result.put(
                    rule.serial(),
                    new PfCounters(
                            count(named, rule.counter("e"), "packets"),
                            count(named, rule.counter("p"), "packets"),
                            count(named, rule.counter("p"), "bytes"),
                            count(named, rule.counter("c"), "packets")));
        }
        return result;
    }

    private static long count(Map<String, JsonObject> named, String counter, String field) {
        JsonObject found = named.get(counter);
        return found == null ? 0 : found.extract(field, 0L);
    }

    private synchronized Optional<LoadedRule> bySerial(int serial) {
        return Optional.ofNullable(bySerial.get(serial));
    }

    private synchronized Optional<LoadedRule> everLoaded(int serial) {
        return Optional.ofNullable(everLoaded.get(serial));
    }

    /** What is at work, in its order. */
    public synchronized List<LoadedRule> rules() {
        return rules;
    }

    /** The rule set that was loaded last. */
    public synchronized PfRuleset ruleset() {
        return ruleset;
    }

    /** What each rule has counted, at this moment. */
    public synchronized PfCounters counters(LoadedRule rule) throws IOException, InterruptedException {
        return counters().getOrDefault(rule.serial(), PfCounters.ZERO);
    }

    /** What all rules have counted, by their serials. */
    public synchronized Map<Integer, PfCounters> allCounters() throws IOException, InterruptedException {
        return counters();
    }

    public PfTables tables() {
        return tables;
    }

    public PfStates states() {
        return states;
    }

    public FilterLog log() {
        return log;
    }

    public PfPrinting printing() {
        return new PfPrinting(this);
    }

    /** Loses what is only in memory, as by a power cut, and whatever rules the lab's router has booted with. */
    public synchronized void forget() throws IOException, InterruptedException {
        tables.forget();
        rules = List.of();
        bySerial = Map.of();
        everLoaded.clear();
        removeOwnersRules();
        router.run(Command.of("nft", "-f", "-").withInput(NftRuleset.nothing()));
        states.flush();
    }

    /** All packets pass from now on. The owner's rules of the lab do not come back before its router boots. */
    @Override
    public void close() throws IOException {
        log.close();
        if (!router.namespace().exists()) {
            return;
        }
        try {
            router.run(Command.of("nft", "-f", "-").withInput(NftRuleset.nothing()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many addresses that stands for at this moment. */
    int size(PfAddress address) {
        return switch (address) {
            case PfAddress.Net _ -> 1;
            case PfAddress.Table table -> tables.size(table.name());
            case PfAddress.Self _ ->
                interfaces.stream().mapToInt(one -> one.addresses().size()).sum();
            case PfAddress.OfInterface of ->
                interfaces.stream()
                        .filter(one -> one.name().equals(of.name()))
                        .mapToInt(one -> one.addresses().size())
                        .sum();
        };
    }

    BoxClock clock() {
        return clock;
    }
}
