package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.MalformedRuleSet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;

/**
 * Reads {@code nft -j list ruleset}, as nft 1.0 and 1.1 print it (libnftables-json(5)).
 *
 * <p>The chains of a rule set are named {@code inet fw4 forward}: family, table, chain.
 */
public final class NftReader implements RuleSetReader {

    private static final Set<String> FAMILIES = Set.of("ip", "ip6", "inet", "bridge", "netdev");

    /** One listing, as it is read; what comes from several texts makes one rule set. */
    private static final class Listing {

        private final Surroundings surroundings;
        private final Marks marks = new Marks();
        private final Map<String, Table> tables = new LinkedHashMap<>();
        private final Set<String> assumptions = new LinkedHashSet<>();

        private final boolean fragments;

        /** @param fragments true where rules may come to see later fragments */
        Listing(Surroundings surroundings, boolean fragments) {
            this.surroundings = surroundings;
            this.fragments = fragments;
        }

        void add(Json root) {
            if (!(root.get("nftables").orElse(root) instanceof Json.Arr items)) {
                throw new Malformed(root.at(), "not a listing of nft: no \"nftables\"");
            }
            for (Json item : items.items()) {
                if (item.kind().isEmpty()) {
                    throw new Malformed(item.at(), "not an object of nft");
                }
                // Files for nft -f hold the same in commands.
                Json object = item.kind().equals("add") || item.kind().equals("create") ? item.body() : item;
                object(object.kind(), object.body());
            }
        }

        private void object(String kind, Json body) {
            if (kind.equals("metainfo")) {
                return;
            }
            if (Set.of("delete", "flush", "insert", "replace", "rename", "list", "reset")
                    .contains(kind)) {
                throw new Malformed(body.at(), "a command (" + kind + "), where a listing is expected");
            }
            String family = Table.required(body, "family");
            if (family.equals("arp")) {
                return;
            }
            if (!FAMILIES.contains(family)) {
                throw new Malformed(body.at(), "no such family: " + family);
            }
            if (kind.equals("table")) {
                String name = Table.required(body, "name");
                tables.putIfAbsent(
                        family + " " + name, new Table(family, body, surroundings, marks, fragments, assumptions::add));
                return;
            }
            Table table = tables.get(family + " " + Table.required(body, "table"));
            if (table == null) {
                throw new Malformed(body.at(), "the table " + family + " " + body.text("table") + " does not exist");
            }
            table.add(kind, body);
        }

        RuleSet rules() {
            Map<String, Chain> chains = new LinkedHashMap<>();
            List<BaseChain> bases = new ArrayList<>();
            tables.values().forEach(table -> table.build(chains, bases));
            BesideTracking.settle(bases, chains);
            return new RuleSet(RuleSet.Platform.NETFILTER, bases, chains, List.copyOf(assumptions));
        }
    }

    @Override
    public RuleSetReading read(List<SourceText> rules, Surroundings surroundings) throws ReadingException {
        RuleSet whole = read(rules, surroundings, false);
        RuleSet read = whole.showsFragments() ? read(rules, surroundings, true) : whole;
        return new RuleSetReading(read, surroundings.house(), ipv6(surroundings));
    }

    private static RuleSet read(List<SourceText> rules, Surroundings surroundings, boolean fragments)
            throws ReadingException {
        Listing listing = new Listing(surroundings, fragments);
        String name = "";
        String text = "";
        try {
            for (SourceText source : rules) {
                name = source.name();
                text = source.text();
                listing.add(JsonText.read(text));
            }
            return listing.rules();
        } catch (Malformed malformed) {
            throw new ReadingException(place(name, text, malformed.at()), String.valueOf(malformed.getMessage()));
        } catch (MalformedRuleSet malformed) {
            throw new ReadingException(place(name, text, 0), String.valueOf(malformed.getMessage()));
        }
    }

    private static boolean ipv6(Surroundings surroundings) {
        return surroundings.sysctl().stream()
                .flatMap(source -> source.text().lines())
                .noneMatch(line -> line.matches("net\\.ipv6\\.conf\\.all\\.disable_ipv6 *= *1 *"));
    }

    private static String place(String name, String text, int at) {
        int line = 1;
        int begin = 0;
        for (int index = text.indexOf('\n'); index >= 0 && index < at; index = text.indexOf('\n', index + 1)) {
            line++;
            begin = index + 1;
        }
        return name + ":" + line + ":" + (at - begin + 1);
    }
}
