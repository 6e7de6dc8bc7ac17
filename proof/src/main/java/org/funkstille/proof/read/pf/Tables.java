package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.funkstille.core.net.Family;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;
import org.jspecify.annotations.Nullable;

/** What tables hold: as the router listed it, else as the rule set defines it. */
final class Tables {

    private final Map<String, TableSyntax> defined;
    private final Map<String, List<Host.Entry>> listed;
    private final Map<String, Optional<AddressPair>> known = new HashMap<>();
    private final Set<String> takenAsEmpty = new TreeSet<>();

    Tables(Map<String, TableSyntax> defined, Map<String, List<Host.Entry>> listed) {
        this.defined = Map.copyOf(defined);
        this.listed = Map.copyOf(listed);
    }

    /** The addresses that the table matches; nothing where its content was not given. */
    Optional<AddressPair> content(String name) {
        return known.computeIfAbsent(name, _ -> entries(name).map(Tables::addresses));
    }

    /** Tables that are asked for, and whose emptiness is an assumption. */
    List<String> assumptions() {
        return takenAsEmpty.stream()
                .map(name -> "the table <" + name + "> is taken as empty: it is defined without content")
                .toList();
    }

    /** Networks of the tables, but for those with exceptions. */
    Map<String, List<Net>> networks() {
        Map<String, List<Net>> networks = new TreeMap<>();
        Set<String> names = new TreeSet<>(defined.keySet());
        names.addAll(listed.keySet());
        for (String name : names) {
            TableSyntax table = defined.get(name);
            List<Host.Entry> own = table == null ? List.of() : table.entries();
            List<Host.Entry> entries = listed.getOrDefault(name, own);
            networks.put(name, entries.stream().flatMap(Tables::network).toList());
        }
        return networks;
    }

    private static Stream<Net> network(Host.Entry entry) {
        return !entry.negated() && entry.host() instanceof Host.Addresses(Net net) ? Stream.of(net) : Stream.empty();
    }

    private Optional<List<Host.Entry>> entries(String name) {
        List<Host.Entry> given = listed.get(name);
        if (given != null) {
            return Optional.of(given);
        }
        TableSyntax table = defined.get(name);
        if (table != null && table.fromFile()) {
            return Optional.empty();
        }
        if (table != null && !table.entries().isEmpty()) {
            return Optional.of(table.entries());
        }
        if (!listed.isEmpty()) {
            return Optional.of(List.of());
        }
        // pfctl -sr prints rules without their tables: there, nothing is known of any.
        if (defined.isEmpty() || (table != null && table.persistent())) {
            return Optional.empty();
        }
        takenAsEmpty.add(name);
        return Optional.of(List.of());
    }

    /** The most specific entry decides (pf_table.c: a radix tree). */
    private static AddressPair addresses(List<Host.Entry> entries) {
        return new AddressPair(addresses(entries, Family.IPV4), addresses(entries, Family.IPV6));
    }

    private static ValueSet addresses(List<Host.Entry> entries, Family family) {
        Map<Integer, List<Range>> taken = new TreeMap<>();
        Map<Integer, List<Range>> excepted = new TreeMap<>();
        for (Host.Entry entry : entries) {
            if (entry.host() instanceof Host.Addresses(Net net) && net.family() == family) {
                (entry.negated() ? excepted : taken)
                        .computeIfAbsent(net.length(), _ -> new ArrayList<>())
                        .add(net.range());
            }
        }
        ValueSet result = ValueSet.none(AddressSets.BITS);
        for (int length = 0; length <= 128; length++) {
            result = result.minus(set(excepted.get(length))).union(set(taken.get(length)));
        }
        return result;
    }

    private static ValueSet set(@Nullable List<Range> ranges) {
        return ranges == null ? ValueSet.none(AddressSets.BITS) : ValueSet.ofAll(AddressSets.BITS, ranges);
    }
}
