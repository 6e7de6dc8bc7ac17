package org.funkstille.proof.prover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.TimeSpan;

/** When rules with a time change. */
final class Times {

    private Times() {}

    /** The first moment at which any rule may hold that does not hold now, or the other way round. */
    static Optional<Instant> nextChange(RuleSet rules, Instant at) {
        return rules.chains().values().stream()
                .flatMap(chain -> chain.rules().stream())
                .flatMap(rule -> spans(rule.condition()))
                .flatMap(span -> span.nextChange(at).stream())
                .min(Instant::compareTo);
    }

    private static Stream<TimeSpan> spans(Condition condition) {
        return switch (condition) {
            case Condition.At(TimeSpan span) -> Stream.of(span);
            case Condition.Not(Condition inner) -> spans(inner);
            case Condition.All(List<Condition> parts) -> parts.stream().flatMap(Times::spans);
            case Condition.Any(List<Condition> parts) -> parts.stream().flatMap(Times::spans);
            case Condition.In _, Condition.InterfaceIs _, Condition.Row _, Condition.Choice _, Condition.Unknown _ ->
                Stream.empty();
        };
    }
}
