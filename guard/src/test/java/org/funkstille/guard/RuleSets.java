package org.funkstille.guard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Mac;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.routers.SavedRules;

/** Rule sets of a test by the text that stands for them, and a reader that counts how often it was asked. */
final class RuleSets {

    static final String FORMAT = "test";
    static final Condition GATEWAY = from(Homes.GATEWAY);
    static final Condition CAMERA = from(Homes.CAMERA);

    /** The camera is allowed one destination of the cloud. It is closed to all here, which is less than it may. */
    static final Rule DROP_GATEWAY = rule(GATEWAY, Action.DROP, "drop the gateway");

    static final Rule DROP_CAMERA = rule(CAMERA, Action.DROP, "drop the camera");

    private final Map<String, RuleSet> byText = new HashMap<>();
    private int readings;

    static Condition from(Mac mac) {
        return Condition.in(Field.ETHER_SOURCE, mac.bits());
    }

    static Rule rule(Condition condition, Action action, String text) {
        return Rule.of(condition, action, new Source("", text, ""));
    }

    /** What is forwarded meets these rules; the router itself takes nothing. */
    RuleSets with(String text, Rule... forward) {
        byText.put(text, set("", forward));
        return this;
    }

    RuleSets with(String text, RuleSet rules) {
        byText.put(text, rules);
        return this;
    }

    static RuleSet set(String prefix, Rule... forward) {
        List<BaseChain> bases = List.of(
                base(prefix + "forward", Hook.FORWARD, Action.ACCEPT), base(prefix + "input", Hook.INPUT, Action.DROP));
        Map<String, Chain> chains = Map.of(
                prefix + "forward", new Chain(prefix + "forward", List.of(forward)),
                prefix + "input", new Chain(prefix + "input", new ArrayList<>()));
        return new RuleSet(RuleSet.Platform.NETFILTER, bases, chains, List.of());
    }

    private static BaseChain base(String name, Hook hook, Action policy) {
        return new BaseChain(
                name,
                hook,
                0,
                false,
                BaseChain.Matching.FIRST,
                Condition.ALWAYS,
                policy,
                new Source("", "policy of " + name, ""));
    }

    Optional<RuleSetReader> reader(String format) {
        return format.equals(FORMAT)
                ? Optional.of((texts, surroundings) -> {
                    readings++;
                    RuleSet rules = byText.get(texts.getFirst().text());
                    if (rules == null) {
                        throw new ReadingException("rules:1:7", "not a rule set");
                    }
                    return new RuleSetReading(rules, surroundings.house(), true);
                })
                : Optional.empty();
    }

    int readings() {
        return readings;
    }

    static SavedRules saved(String... texts) {
        return doubted(List.of(), texts);
    }

    static SavedRules doubted(List<String> doubts, String... texts) {
        List<SavedRules.Part> parts = new ArrayList<>();
        for (String text : texts) {
            parts.add(new SavedRules.Part(FORMAT, List.of(new SavedRules.Text("rules", text))));
        }
        return new SavedRules(parts, List.of(), List.of(), Instant.EPOCH, Optional.empty(), doubts);
    }
}
