package org.funkstille.proof.diagrams;

import java.util.Optional;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;

/**
 * What one rule set lets out and another does not, of the packets of a question. Packets that only one of two platforms
 * can see (of another connection state) are left out.
 *
 * @param moreInFirst a packet that the first lets out and the second does not, or not as surely
 * @param moreInSecond the other way round
 */
public record Differences(Optional<Difference> moreInFirst, Optional<Difference> moreInSecond) {

    /** Whether a packet gets out. */
    public enum Degree {
        NEVER,
        POSSIBLY,
        SURELY
    }

    /** @param sent the packet as it is sent */
    public record Difference(Packet sent, Degree first, Degree second) {}

    /** True where both let out the same packets, and leave the same packets open. */
    public boolean same() {
        return moreInFirst.isEmpty() && moreInSecond.isEmpty();
    }

    public static Differences between(RuleSet first, RuleSet second, Question question, Budget budget) throws TooLarge {
        DiagramEngine engine = new DiagramEngine(budget);
        Diagrams shared = new Diagrams(Layout.PACKET, budget);
        Escapes ofFirst = engine.escapes(first, question, shared);
        Escapes ofSecond = engine.escapes(second, question, shared);
        int asked = shared.and(ofFirst.sent(), ofSecond.sent());
        return new Differences(
                more(shared, asked, ofFirst, ofSecond).map(packet -> difference(packet, ofFirst, ofSecond)),
                more(shared, asked, ofSecond, ofFirst).map(packet -> difference(packet, ofFirst, ofSecond)));
    }

    /** Rather a packet that makes all the difference. */
    private static Optional<Packet> more(Diagrams shared, int asked, Escapes one, Escapes other) throws TooLarge {
        int[] candidates = {
            shared.minus(one.surely(), other.possibly()),
            shared.minus(one.surely(), other.surely()),
            shared.minus(one.possibly(), other.possibly())
        };
        for (int candidate : candidates) {
            int found = shared.and(asked, candidate);
            if (found != Diagrams.FALSE) {
                return Optional.of(Witness.of(shared, found));
            }
        }
        return Optional.empty();
    }

    private static Difference difference(Packet packet, Escapes first, Escapes second) {
        return new Difference(packet, degree(packet, first), degree(packet, second));
    }

    private static Degree degree(Packet packet, Escapes escapes) {
        return escapes.surely(packet) ? Degree.SURELY : escapes.possibly(packet) ? Degree.POSSIBLY : Degree.NEVER;
    }
}
