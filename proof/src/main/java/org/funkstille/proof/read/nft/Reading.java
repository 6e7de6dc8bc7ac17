package org.funkstille.proof.read.nft;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;

/** Which fields a condition reads. */
final class Reading {

    private Reading() {}

    /** True also of what is not certain: asked again, it may come out otherwise. */
    static boolean hangsOn(Condition condition, Set<Field> fields) {
        return hangsOn(condition, fields, true);
    }

    /** @param uncertain what to say of conditions that are not certain */
    static boolean hangsOn(Condition condition, Set<Field> fields, boolean uncertain) {
        return switch (condition) {
            case Condition.In in -> fields.contains(in.field());
            case Condition.InterfaceIs is -> fields.contains(is.field());
            case Condition.Row row -> !Collections.disjoint(row.fields(), fields);
            case Condition.Not(Condition inner) -> hangsOn(inner, fields, uncertain);
            case Condition.All(List<Condition> parts) ->
                parts.stream().anyMatch(part -> hangsOn(part, fields, uncertain));
            case Condition.Any(List<Condition> parts) ->
                parts.stream().anyMatch(part -> hangsOn(part, fields, uncertain));
            case Condition.At _ -> false;
            case Condition.Choice _, Condition.Unknown _ -> uncertain;
        };
    }
}
