package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;

/** Takes one packet through the base chains of a hook, as pf would, for tests: slowly and plainly. */
final class Walk {

    enum Verdict {
        PASSED,
        BLOCKED,
        /** A rule hangs on something that nobody knows. */
        UNKNOWN
    }

    private enum Truth {
        YES,
        NO,
        MAYBE
    }

    private final RuleSet rules;
    private final Interfaces interfaces;
    private final List<Effect> effects = new ArrayList<>();
    private Packet packet;

    private Walk(RuleSet rules, Interfaces interfaces, Packet packet) {
        this.rules = rules;
        this.interfaces = interfaces;
        this.packet = packet;
    }

    record Result(Verdict verdict, Packet packet, List<Effect> effects) {}

    static Result through(RuleSet rules, Interfaces interfaces, Hook hook, Packet packet) {
        Walk walk = new Walk(rules, interfaces, packet);
        Verdict verdict = Verdict.PASSED;
        for (BaseChain base : rules.at(hook)) {
            Truth guard = walk.truth(base.guard());
            if (guard == Truth.MAYBE) {
                return new Result(Verdict.UNKNOWN, walk.packet, walk.effects);
            }
            if (guard == Truth.YES) {
                verdict = base.matching() == BaseChain.Matching.FIRST
                        ? walk.first(base.chain())
                        : walk.last(rules.chain(base.chain()).rules());
                if (verdict != Verdict.PASSED) {
                    break;
                }
            }
        }
        return new Result(verdict, walk.packet, walk.effects);
    }

    private Verdict first(String chain) {
        for (Rule rule : rules.chain(chain).rules()) {
            switch (truth(rule.condition())) {
                case MAYBE -> {
                    return Verdict.UNKNOWN;
                }
                case NO -> {}
                case YES -> {
                    rule.effects().forEach(this::apply);
                    switch (rule.action()) {
                        case Action.Jump(String inner) -> {
                            Packet before = packet;
                            Verdict verdict = first(inner);
                            if (verdict != Verdict.PASSED || !packet.equals(before)) {
                                return verdict;
                            }
                        }
                        default -> {
                            return Verdict.PASSED;
                        }
                    }
                }
            }
        }
        return Verdict.PASSED;
    }

    private Verdict last(List<Rule> list) {
        Verdict pending = Verdict.PASSED;
        for (Rule rule : list) {
            Truth truth = truth(rule.condition());
            boolean decides = !(rule.action() instanceof Action.Continue);
            if (truth == Truth.YES) {
                rule.effects().forEach(this::apply);
            }
            if (truth == Truth.NO || !decides) {
                continue;
            }
            Verdict verdict = switch (rule.action()) {
                case Action.Accept() -> Verdict.PASSED;
                case Action.Drop _ -> Verdict.BLOCKED;
                default -> Verdict.UNKNOWN;
            };
            if (truth == Truth.MAYBE) {
                if (rule.quick() || verdict != pending) {
                    pending = Verdict.UNKNOWN;
                }
            } else {
                pending = verdict;
                if (rule.quick()) {
                    return pending;
                }
            }
        }
        return pending;
    }

    private void apply(Effect effect) {
        effects.add(effect);
        if (effect instanceof Effect.Assign(Field field, var to)) {
            packet = packet.with(field, to.first().orElseThrow());
        }
    }

    private Truth truth(Condition condition) {
        return switch (condition) {
            case Condition.In(Field field, var set) -> of(set.contains(packet.get(field)));
            case Condition.InterfaceIs(Field field, String name, boolean prefix) ->
                of(interfaces.matching(name, prefix).contains(packet.get(field)));
            case Condition.Not(Condition inner) ->
                switch (truth(inner)) {
                    case YES -> Truth.NO;
                    case NO -> Truth.YES;
                    case MAYBE -> Truth.MAYBE;
                };
            case Condition.All(List<Condition> all) -> all(all);
            case Condition.Any(List<Condition> any) -> {
                Truth none = all(any.stream().map(Condition::not).toList());
                yield none == Truth.MAYBE ? none : of(none == Truth.NO);
            }
            case Condition.Row _, Condition.At _, Condition.Choice _, Condition.Unknown _ -> Truth.MAYBE;
        };
    }

    private Truth all(List<Condition> conditions) {
        Truth result = Truth.YES;
        for (Condition condition : conditions) {
            Truth truth = truth(condition);
            if (truth == Truth.NO) {
                return Truth.NO;
            }
            result = truth == Truth.MAYBE ? Truth.MAYBE : result;
        }
        return result;
    }

    private static Truth of(boolean value) {
        return value ? Truth.YES : Truth.NO;
    }
}
