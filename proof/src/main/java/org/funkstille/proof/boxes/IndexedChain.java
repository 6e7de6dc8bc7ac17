package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/**
 * The rules of a chain, findable by the sender that they ask for: with thousands of devices, nearly all rules are about
 * others.
 */
final class IndexedChain {

    /** A question about more senders than this looks at all rules. */
    private static final int SENDERS = 16;

    private final List<Rule> rules;

    /** Fields that no rule changes; a rule that does not hold for them as sent will never hold. */
    private final List<Field> constant;

    private final Map<Value, BitSet> byMac = new HashMap<>();
    private final BitSet general = new BitSet();

    IndexedChain(List<Rule> rules, boolean sourceIsConstant) {
        this.rules = rules;
        this.constant = sourceIsConstant
                ? List.of(Field.FAMILY, Field.IN_INTERFACE, Field.ETHER_SOURCE, Field.SOURCE)
                : List.of(Field.FAMILY, Field.IN_INTERFACE, Field.ETHER_SOURCE);
        for (int index = 0; index < rules.size(); index++) {
            Optional<Value> mac = onlyMac(rules.get(index).condition());
            if (mac.isPresent()) {
                byMac.computeIfAbsent(mac.get(), _ -> new BitSet()).set(index);
            } else {
                general.set(index);
            }
        }
    }

    /** The rules that may hold for packets sent from this box, in their order. */
    List<Rule> rulesFor(Box sent) {
        BitSet candidates = candidates(sent.get(Field.ETHER_SOURCE));
        List<Rule> found = new ArrayList<>(candidates.cardinality());
        for (int index = candidates.nextSetBit(0); index >= 0; index = candidates.nextSetBit(index + 1)) {
            Rule rule = rules.get(index);
            if (mayHold(rule.condition(), sent)) {
                found.add(narrowed(rule, sent));
            }
        }
        return found;
    }

    private BitSet candidates(ValueSet macs) {
        List<Value> senders = new ArrayList<>();
        for (Range range : macs.ranges()) {
            if (!range.first().equals(range.last()) || senders.size() >= SENDERS) {
                BitSet all = new BitSet();
                all.set(0, rules.size());
                return all;
            }
            senders.add(range.first());
        }
        BitSet found = (BitSet) general.clone();
        senders.forEach(sender -> found.or(byMac.getOrDefault(sender, new BitSet())));
        return found;
    }

    private boolean mayHold(Condition condition, Box sent) {
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) ->
                !constant.contains(field) || sent.get(field).overlaps(set);
            case Condition.All(List<Condition> conditions) -> {
                for (Condition one : conditions) {
                    if (!mayHold(one, sent)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Condition.InterfaceIs _,
                    Condition.Row _,
                    Condition.Not _,
                    Condition.Any _,
                    Condition.At _,
                    Condition.Choice _,
                    Condition.Unknown _ -> true;
        };
    }

    /** A verdict map with only the entries that may hold. */
    private Rule narrowed(Rule rule, Box sent) {
        if (!(rule.action() instanceof Action.Lookup(List<Field> key, List<Action.Entry> entries))
                || !constant.contains(key.getFirst())) {
            return rule;
        }
        List<Action.Entry> left = entries.stream()
                .filter(entry -> entry.values().getFirst().overlaps(sent.get(key.getFirst())))
                .toList();
        return new Rule(
                rule.condition(),
                rule.effects(),
                new Action.Lookup(key, left),
                rule.quick(),
                rule.origin(),
                rule.source());
    }

    private static Optional<Value> onlyMac(Condition condition) {
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) when field == Field.ETHER_SOURCE -> set.only();
            case Condition.All(List<Condition> conditions) ->
                conditions.stream()
                        .map(IndexedChain::onlyMac)
                        .flatMap(Optional::stream)
                        .findFirst();
            default -> Optional.empty();
        };
    }
}
