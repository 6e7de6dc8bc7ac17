package org.funkstille.proof.prover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.proof.boxes.TooLarge;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Stage;
import org.funkstille.proof.simulate.Verdict;

/**
 * Which rules would have to change for a device to be silent: takes away the rule that lets a packet pass, asks again,
 * and goes on until nothing passes.
 */
final class Repair {

    /** More than this is no list of repairs but another rule set. */
    private static final int MOST = 12;

    private final RuleSet rules;
    private final House house;

    Repair(RuleSet rules, House house) {
        this.rules = rules;
        this.house = house;
    }

    List<String> of(List<Search.Task> tasks) throws TooLarge {
        List<String> repairs = new ArrayList<>();
        RuleSet left = rules;
        for (int round = 0; round < MOST; round++) {
            Search.Finding finding = new Search(left, house).look(tasks);
            if (!(finding instanceof Search.Finding.Leak leak)) {
                return repairs;
            }
            Source passing = Shown.of(leak, house).change();
            if (!isRule(left, passing)) {
                repairs.add("no rule stops it (" + passing + "): add a rule that drops what the device sends");
                return repairs;
            }
            left = without(left, passing);
            repairs.add(sentence(passing, blocking(left, leak)));
        }
        repairs.add("… and more rules let it pass; a rule that drops the device before all of these is simpler");
        return repairs;
    }

    private static String sentence(Source passing, Optional<Source> blocking) {
        return blocking.map(block -> "put the rule «" + block + "» before «" + passing + "»")
                .orElse("except the device from «" + passing + "», or drop it before that");
    }

    /** The rule that would stop the packet if the one that lets it pass were not there. */
    private static Optional<Source> blocking(RuleSet left, Search.Finding.Leak leak) {
        Packet packet = leak.course().sent();
        Question question = leak.question();
        Verdict verdict = new Simulator(left, question).verdict(packet);
        if (verdict.escape() != Verdict.Escape.NEVER) {
            return Optional.empty();
        }
        List<Stage> stages =
                new Simulator(left, question).course(packet, List.of()).stages();
        Optional<Rule> deciding =
                stages.isEmpty() ? Optional.empty() : stages.getLast().rule();
        return deciding.filter(rule -> rule.action() instanceof Action.Drop)
                .filter(rule -> aboutSender(rule.condition()))
                .map(Rule::source);
    }

    /** The rule names senders: it was made for devices like this one, unlike a rule that refuses all the rest. */
    private static boolean aboutSender(Condition condition) {
        return switch (condition) {
            case Condition.In(Field field, var _) -> field == Field.ETHER_SOURCE || field == Field.SOURCE;
            case Condition.Row row ->
                row.fields().contains(Field.ETHER_SOURCE) || row.fields().contains(Field.SOURCE);
            case Condition.All(List<Condition> parts) -> parts.stream().anyMatch(Repair::aboutSender);
            case Condition.Any(List<Condition> parts) -> parts.stream().anyMatch(Repair::aboutSender);
            case Condition.Not _, Condition.InterfaceIs _, Condition.At _, Condition.Choice _, Condition.Unknown _ ->
                false;
        };
    }

    private static boolean isRule(RuleSet rules, Source source) {
        return rules.chains().values().stream()
                .flatMap(chain -> chain.rules().stream())
                .anyMatch(rule -> rule.source().equals(source));
    }

    private static RuleSet without(RuleSet rules, Source source) {
        Map<String, Chain> chains = new HashMap<>();
        rules.chains()
                .forEach((name, chain) -> chains.put(
                        name,
                        new Chain(
                                name,
                                chain.rules().stream()
                                        .filter(rule -> !rule.source().equals(source))
                                        .toList())));
        return new RuleSet(rules.platform(), rules.bases(), chains, rules.assumptions());
    }
}
