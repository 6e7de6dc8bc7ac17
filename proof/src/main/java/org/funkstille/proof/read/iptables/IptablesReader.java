package org.funkstille.proof.read.iptables;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.MalformedRuleSet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;

/**
 * Reads {@code iptables-save} and {@code ip6tables-save}, of the legacy and of the nft flavour, 1.4 to 1.8, with or
 * without counters. The first text is IPv4 and the second IPv6 where they do not say it themselves.
 */
public final class IptablesReader implements RuleSetReader {

    private static final String NO_IPV6 = "no ip6tables-save was given";

    @Override
    public RuleSetReading read(List<SourceText> rules, Surroundings surroundings) throws ReadingException {
        Map<Family, SourceText> texts = byFamily(rules);
        SourceText ipv4 = texts.get(Family.IPV4);
        if (ipv4 == null) {
            throw new ReadingException(
                    rules.isEmpty() ? "rules" : rules.getFirst().name(), "no iptables-save (IPv4) was given");
        }
        Settings settings = Settings.read(surroundings.sysctl());
        boolean ipv6 = !settings.ipv6Off(surroundings.house());
        IpSets sets = IpSets.read(surroundings.ipsets());
        texts.values().forEach(text -> Filling.note(text, sets));
        Assumptions assumptions = new Assumptions();
        Collected collected = new Collected();
        for (Map.Entry<Family, SourceText> text : texts.entrySet()) {
            Context context = context(text.getKey(), text.getValue(), surroundings, sets, assumptions);
            int tables = SavedText.read(text.getValue(), context, collected);
            if (tables == 0 && text.getKey() == Family.IPV4) {
                throw new ReadingException(text.getValue().name() + ":1:1", "no table is in the text");
            }
        }
        if (ipv6 && !texts.containsKey(Family.IPV6)) {
            unknown(collected);
        }
        for (Family family : Family.values()) {
            settings.forwardsNothing(family).ifPresent(source -> closed(family, source, collected));
        }
        try {
            RuleSet ruleSet =
                    new RuleSet(RuleSet.Platform.NETFILTER, collected.bases(), collected.chains(), assumptions.texts());
            return new RuleSetReading(ruleSet, surroundings.house(), ipv6);
        } catch (MalformedRuleSet problem) {
            throw new ReadingException(ipv4.name(), String.valueOf(problem.getMessage()));
        }
    }

    private static Context context(
            Family family, SourceText text, Surroundings surroundings, IpSets sets, Assumptions assumptions) {
        Context bare =
                new Context(family, "", surroundings, sets, new MarkValues(), Condition.NEVER, new Assumptions());
        MarkValues marks = MarkValues.of(text, bare);
        Condition untracked = Untracked.of(text, bare);
        return new Context(family, "", surroundings, sets, marks, untracked, assumptions);
    }

    private static Map<Family, SourceText> byFamily(List<SourceText> rules) throws ReadingException {
        Map<Family, SourceText> texts = new EnumMap<>(Family.class);
        for (int at = 0; at < rules.size(); at++) {
            SourceText text = rules.get(at);
            Family family = FamilyOfText.of(text).orElse(at == 0 ? Family.IPV4 : Family.IPV6);
            if (texts.putIfAbsent(family, text) != null) {
                throw new ReadingException(
                        text.name(), "a second text of " + (family == Family.IPV4 ? "IPv4" : "IPv6"));
            }
        }
        return texts;
    }

    private static void unknown(Collected collected) {
        Source source = new Source("ip6tables-save", NO_IPV6, "");
        for (Hook hook : List.of(Hook.INPUT, Hook.FORWARD)) {
            String chain = Table.FILTER.chainName(Family.IPV6, hook.name());
            collected.base(chain, hook, Table.FILTER.priority(hook), false, Family.IPV6, Action.ACCEPT, source);
            collected.rule(chain, Rule.of(Condition.ALWAYS, new Action.Unclear(NO_IPV6), source));
        }
    }

    private static void closed(Family family, Source source, Collected collected) {
        String chain = "sysctl " + family.word() + " FORWARD";
        collected.base(chain, Hook.FORWARD, Integer.MIN_VALUE, false, family, Action.DROP, source);
    }
}
