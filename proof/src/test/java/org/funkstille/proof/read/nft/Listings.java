package org.funkstille.proof.read.nft;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.house.House;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;

/** Listings of nft to be read, with a single quote for each double one. */
final class Listings {

    static final Instant TAKEN_AT = Instant.parse("2026-01-15T12:00:00Z");

    static final House HOUSE = new House(
            List.of(new House.Leg(
                    "lan", "br-lan", List.of(Prefix.parse("192.168.1.0/24"), Prefix.parse("fd00:1::/64")))),
            List.of("wan0"));

    private static final String TABLE = "{'table':{'family':'inet','name':'t','handle':1}},";

    private Listings() {}

    /** The rule set of a table {@code inet t}. */
    static RuleSet table(String... objects) {
        return listing(Optional.empty(), TABLE + String.join(",", objects));
    }

    static RuleSet listing(Optional<ZoneId> zone, String objects) {
        try {
            return read("{'nftables':[" + objects + "]}", zone);
        } catch (ReadingException unread) {
            throw new AssertionError(unread);
        }
    }

    static RuleSet read(String text, Optional<ZoneId> zone) throws ReadingException {
        Surroundings surroundings = new Surroundings(HOUSE, TAKEN_AT, zone, List.of(), List.of(), List.of());
        return new NftReader()
                .read(List.of(new SourceText("rules", text.replace('\'', '"'))), surroundings)
                .rules();
    }

    static String chain(String name) {
        return "{'chain':{'family':'inet','table':'t','name':'" + name + "'}}";
    }

    static String base(String family, String attributes) {
        return "{'chain':{'family':'" + family + "','table':'t','name':'base'," + attributes + "}}";
    }

    static String rule(String chain, String... statements) {
        return "{'rule':{'family':'inet','table':'t','chain':'" + chain + "','handle':7,'comment':'!fw4: mine','expr':["
                + String.join(",", statements) + "]}}";
    }

    static String match(String left, String operator, String right) {
        return "{'match':{'op':'" + operator + "','left':" + left + ",'right':" + right + "}}";
    }

    static String payload(String protocol, String field) {
        return "{'payload':{'protocol':'" + protocol + "','field':'" + field + "'}}";
    }

    static String meta(String key) {
        return "{'meta':{'key':'" + key + "'}}";
    }

    static String ct(String key) {
        return "{'ct':{'key':'" + key + "'}}";
    }

    static String set(String name, String attributes) {
        return "{'set':{'family':'inet','table':'t','name':'" + name + "'," + attributes + "}}";
    }

    /** What the rule becomes, in the chain {@code c} of a table that has the sets and a chain {@code other}. */
    static List<Rule> rules(String rule, String... sets) {
        String before = sets.length == 0 ? "" : String.join(",", sets) + ",";
        return table(before + chain("other") + "," + chain("c") + "," + rule)
                .chain("inet t c")
                .rules();
    }
}
