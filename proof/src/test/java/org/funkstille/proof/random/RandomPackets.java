package org.funkstille.proof.random;

import java.util.List;
import java.util.Random;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** Packets of a question, near the edges of the sets that a rule set asks for. The same seed gives the same packets. */
public final class RandomPackets {

    private final Random random;
    private final List<Box> sent;

    /** Of those the ones that routing sends out of the house: no more than a share of all, but what it is about. */
    private final List<Box> toOutside;

    private final Mentioned mentioned;

    public RandomPackets(long seed, Question question, RuleSet rules) {
        this.random = new Random(seed);
        Space space = new Space(question, rules.platform());
        this.sent = space.sent();
        this.toOutside = sent.stream()
                .map(box -> box.restrict(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST))
                        .restrict(Field.DESTINATION, space.inside().complement()))
                .filter(box -> !box.isEmpty())
                .toList();
        this.mentioned = new Mentioned(rules, question);
    }

    public Packet next() {
        List<Box> some = random.nextInt(3) > 0 && !toOutside.isEmpty() ? toOutside : sent;
        Box box = some.get(random.nextInt(some.size()));
        return new Packet(field -> value(field, box.get(field)));
    }

    private Value value(Field field, ValueSet allowed) {
        List<ValueSet> sets = mentioned.sets(field);
        if (!sets.isEmpty() && random.nextInt(4) > 0) {
            ValueSet set = sets.get(random.nextInt(sets.size()));
            ValueSet common = allowed.intersect(random.nextInt(4) == 0 ? set.complement() : set);
            if (!common.isEmpty()) {
                return Pool.any(random, common);
            }
        }
        return Pool.any(random, allowed);
    }
}
