package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.MalformedRuleSet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;

/**
 * Reads rule sets of pf: {@code rules.debug} of pfSense and OPNsense, and what {@code pfctl -sr}, {@code -vvsr} and
 * {@code -sn} print. Several texts count as one, in their order.
 */
public final class PfReader implements RuleSetReader {

    /** In characters; that of a large office has less than a million. */
    private static final int LONGEST_TEXT = 1 << 25;

    /** The chains' names, as paths show them. */
    private static final String IN = "in";

    private static final String OUT = "out";

    private static final int TRANSLATION = -100;

    @Override
    public RuleSetReading read(List<SourceText> rules, Surroundings surroundings) throws ReadingException {
        requireShort(rules);
        requireShort(surroundings.tables());
        Ruleset ruleset = new RulesetParser().parse(rules);
        Tables tables = new Tables(ruleset.tables(), new TableListing().read(surroundings.tables()));
        Networks networks = new Networks(surroundings.house(), tables.networks());
        try {
            RuleSet read = build(ruleset, tables, networks, rules);
            return new RuleSetReading(read, networks.house(), true);
        } catch (MalformedRuleSet malformed) {
            throw new ReadingException(place(rules), String.valueOf(malformed.getMessage()));
        }
    }

    private static void requireShort(List<SourceText> texts) throws ReadingException {
        for (SourceText text : texts) {
            if (text.text().length() > LONGEST_TEXT) {
                throw new ReadingException(text.name() + ":1:1", "longer than " + LONGEST_TEXT + " characters");
            }
        }
    }

    private static String place(List<SourceText> rules) {
        return rules.isEmpty() ? "rules:1" : rules.getFirst().name() + ":1";
    }

    private static RuleSet build(Ruleset ruleset, Tables tables, Networks networks, List<SourceText> texts) {
        RuleConditions in = new RuleConditions(networks, tables, false);
        RuleConditions out = new RuleConditions(networks, tables, true);
        Translations translations = new Translations(networks, tables);
        Anchors anchors = new Anchors(ruleset.loadedAnchors());
        Routing routing = new Routing(networks);
        Origins origins = new Origins(ruleset.ownersRules());
        Map<String, Chain> chains =
                new LinkedHashMap<>(new TranslationChains(in, out, translations, anchors).chains(ruleset.rules()));
        chains.put(
                IN,
                new Chain(
                        IN,
                        new FilterChains(in, routing, translations, anchors, origins, false).rules(ruleset.rules())));
        chains.put(
                OUT,
                new Chain(
                        OUT,
                        new FilterChains(out, routing, translations, anchors, origins, true).rules(ruleset.rules())));
        Source source = new Source(place(texts), "pf passes what no rule matches", "");
        InterfaceConditions interfaces = new InterfaceConditions(networks.house());
        Condition filteredIn = Condition.not(interfaces.oneOf(ruleset.skipped(), Field.IN_INTERFACE));
        Condition filteredOut = Condition.not(interfaces.oneOf(ruleset.skipped(), Field.OUT_INTERFACE));
        List<BaseChain> bases = List.of(
                translation(TranslationChains.RDR, Hook.PREROUTING, filteredIn, source),
                filter(IN, Hook.PREROUTING, filteredIn, TranslationChains.PASSED_IN, source),
                translation(TranslationChains.NAT, Hook.POSTROUTING, filteredOut, source),
                filter(OUT, Hook.POSTROUTING, filteredOut, TranslationChains.PASSED_OUT, source));
        Set<String> assumptions = new LinkedHashSet<>(ruleset.assumptions());
        assumptions.addAll(anchors.assumptions(ruleset.rules()));
        assumptions.addAll(tables.assumptions());
        assumptions.addAll(routing.assumptions());
        return new RuleSet(RuleSet.Platform.PF, bases, chains, new ArrayList<>(assumptions));
    }

    private static BaseChain translation(String chain, Hook hook, Condition guard, Source source) {
        return new BaseChain(chain, hook, TRANSLATION, true, BaseChain.Matching.FIRST, guard, Action.ACCEPT, source);
    }

    /** @param passed the mark of packets that a translation has passed already */
    private static BaseChain filter(String chain, Hook hook, Condition filtered, long passed, Source source) {
        Condition guard = Condition.all(
                filtered, Condition.in(Field.MARK, Field.MARK.only(passed).complement()));
        return new BaseChain(chain, hook, 0, false, BaseChain.Matching.LAST, guard, Action.ACCEPT, source);
    }
}
