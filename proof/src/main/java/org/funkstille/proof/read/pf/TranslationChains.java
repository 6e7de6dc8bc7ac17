package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Source;

/**
 * Makes the chains {@code rdr} and {@code nat}, in which the first match decides. As in pf, a packet that goes out looks
 * at {@code binat} before {@code nat}, and one that comes in at {@code rdr} before {@code binat}; {@code no} ends only
 * the one kind.
 */
final class TranslationChains {

    static final String RDR = "rdr";
    static final String NAT = "nat";
    static final long PASSED_IN = 1;
    static final long PASSED_OUT = 2;

    private final RuleConditions in;
    private final RuleConditions out;
    private final Translations translations;
    private final Anchors anchors;
    private final List<Rule> rdr = new ArrayList<>();
    private final List<Rule> binatIn = new ArrayList<>();
    private final List<Rule> binatOut = new ArrayList<>();
    private final List<Rule> nat = new ArrayList<>();

    TranslationChains(RuleConditions in, RuleConditions out, Translations translations, Anchors anchors) {
        this.in = in;
        this.out = out;
        this.translations = translations;
        this.anchors = anchors;
    }

    /** The chains by name; {@link #RDR} and {@link #NAT} are among them. */
    Map<String, Chain> chains(List<RuleSyntax> rules) {
        rules.forEach(rule -> add(rule, Condition.ALWAYS, Condition.ALWAYS));
        Map<String, Chain> chains = new LinkedHashMap<>();
        both(chains, RDR, rdr, binatIn);
        both(chains, NAT, binatOut, nat);
        return chains;
    }

    private static void both(Map<String, Chain> chains, String name, List<Rule> first, List<Rule> second) {
        List<Rule> rules = new ArrayList<>();
        boolean apart = !second.isEmpty() && first.stream().anyMatch(rule -> rule.action() instanceof Action.Return);
        if (apart) {
            String inner = name + " first";
            chains.put(inner, new Chain(inner, first));
            Source source = first.getFirst().source();
            rules.add(
                    Rule.of(Condition.ALWAYS, new Action.Jump(inner), new Source(source.place(), name + " rules", "")));
        } else {
            rules.addAll(first);
        }
        rules.addAll(second);
        chains.put(name, new Chain(name, rules));
    }

    private void add(RuleSyntax rule, Condition incoming, Condition outgoing) {
        switch (rule.verb()) {
            case RDR -> rdr(rule, incoming);
            case NAT -> nat(rule, outgoing);
            case BINAT -> binat(rule, incoming, outgoing);
            case NAT_ANCHOR, BINAT_ANCHOR, RDR_ANCHOR -> anchor(rule, incoming, outgoing);
            case PASS, BLOCK, MATCH, ANCHOR, UNCLEAR -> {}
        }
    }

    private void anchor(RuleSyntax anchor, Condition incoming, Condition outgoing) {
        Condition inner = Condition.all(incoming, in.of(anchor.match()));
        Condition outer = Condition.all(outgoing, out.of(anchor.match()));
        if (anchor.inner().isPresent()) {
            anchor.inner().get().forEach(rule -> add(rule, inner, outer));
        } else if (anchors.isLoaded(anchor)) {
            Effect unclear = new Effect.Unclear(anchor.source().text());
            Condition unknown = new Condition.Unknown(anchor.source().text());
            boolean redirects = anchor.verb() == RuleSyntax.Verb.RDR_ANCHOR;
            Condition condition = Condition.all(redirects ? inner : outer, unknown);
            (redirects ? rdr : nat).add(rule(anchor, condition, List.of(unclear), Action.ACCEPT));
        }
    }

    private void rdr(RuleSyntax rule, Condition outer) {
        Condition condition = Condition.all(outer, in.of(rule.match()));
        if (rule.no() || rule.redirection().isEmpty()) {
            rdr.add(rule(rule, condition, List.of(), Action.RETURN));
            return;
        }
        redirect(rule, rule.redirection().get(), condition, rdr);
    }

    /** Without a family, a rule for each. */
    private void redirect(RuleSyntax rule, RuleSyntax.Redirection redirection, Condition condition, List<Rule> into) {
        for (Family family : families(rule, redirection)) {
            Condition here = Condition.all(condition, RuleConditions.family(family));
            Optional<Translations.Target> target = translations.target(redirection, family);
            if (target.isEmpty()) {
                into.add(rule(rule, here, List.of(new Effect.Unclear(redirection.text())), Action.ACCEPT));
                continue;
            }
            var addresses = target.get().addresses();
            if (addresses.isEmpty()) {
                continue;
            }
            Translations.Owner owner = target.get().owner();
            if (owner == Translations.Owner.EITHER) {
                Condition router = new Condition.Unknown(redirection.text() + " leads to the router itself");
                into.add(rule(
                        rule,
                        Condition.all(here, router),
                        translations.destination(rule, redirection, addresses, Translations.Owner.ROUTER),
                        Action.ACCEPT));
                owner = Translations.Owner.OTHER;
            }
            into.add(rule(rule, here, translations.destination(rule, redirection, addresses, owner), Action.ACCEPT));
        }
    }

    private void nat(RuleSyntax rule, Condition outer) {
        Condition condition = Condition.all(outer, out.of(rule.match()));
        if (rule.no() || rule.redirection().isEmpty()) {
            nat.add(rule(rule, condition, List.of(), Action.RETURN));
            return;
        }
        source(rule, rule.redirection().get(), condition, nat, true);
    }

    private void source(
            RuleSyntax rule, RuleSyntax.Redirection redirection, Condition condition, List<Rule> into, boolean ports) {
        for (Family family : families(rule, redirection)) {
            Condition here = Condition.all(condition, RuleConditions.family(family));
            Optional<Translations.Target> target = translations.target(redirection, family);
            if (target.isEmpty()) {
                into.add(rule(rule, here, List.of(new Effect.Unclear(redirection.text())), Action.ACCEPT));
            } else if (!target.get().addresses().isEmpty()) {
                into.add(rule(
                        rule,
                        here,
                        translations.source(redirection, target.get().addresses(), ports),
                        Action.ACCEPT));
            }
        }
    }

    /** Both ways: the inner address becomes the outer one going out, and the other way round coming in. */
    private void binat(RuleSyntax rule, Condition incoming, Condition outgoing) {
        Condition going = Condition.all(outgoing, out.of(rule.match()));
        RuleSyntax.Match match = rule.match();
        List<Host.Entry> outside =
                rule.redirection().map(RuleSyntax.Redirection::targets).orElse(List.of());
        RuleSyntax.Match reverse = new RuleSyntax.Match(
                match.direction(),
                match.interfaces(),
                match.family(),
                match.protocols(),
                new RuleSyntax.Peer(match.to().hosts(), Ports.ANY),
                new RuleSyntax.Peer(outside, Ports.ANY),
                match.receivedOn(),
                match.conditions());
        Condition coming = Condition.all(incoming, in.of(reverse));
        if (rule.no() || rule.redirection().isEmpty()) {
            binatOut.add(rule(rule, going, List.of(), Action.RETURN));
            return;
        }
        RuleSyntax.Redirection redirection = rule.redirection().get();
        source(rule, redirection, going, binatOut, false);
        RuleSyntax.Redirection back = new RuleSyntax.Redirection(
                redirection.keyword(),
                match.from().hosts(),
                -1,
                -1,
                true,
                redirection.text() + ", the other way round,");
        redirect(rule, back, coming, binatIn);
    }

    private static List<Family> families(RuleSyntax rule, RuleSyntax.Redirection redirection) {
        return Translations.family(rule, redirection).map(List::of).orElse(List.of(Family.IPV4, Family.IPV6));
    }

    private static Rule rule(RuleSyntax rule, Condition condition, List<Effect> effects, Action action) {
        List<Effect> all = new ArrayList<>(rule.effects());
        all.addAll(effects);
        if (rule.pass() && !rule.no()) {
            long mark = rule.verb() == RuleSyntax.Verb.RDR ? PASSED_IN : PASSED_OUT;
            all.add(new Effect.Assign(Field.MARK, Field.MARK.only(mark)));
        }
        return new Rule(condition, all, action, false, Rule.Origin.OWNER, rule.source());
    }
}
