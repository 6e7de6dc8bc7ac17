package org.funkstille.proof.filter;

/**
 * A chain that packets come to by themselves. Accepting ends only this base chain, dropping ends the packet.
 *
 * @param chain the name of its chain
 * @param priority lower ones first; see {@link #CONNECTION_TRACKING}
 * @param translation true for chains of address translation: only the first packet of a flow comes here
 * @param guard which packets come here at all (family, device); others pass it by
 * @param policy what happens to packets that no rule decided on: {@link Action.Accept} or {@link Action.Drop}
 * @param source how the router says it; its text names the policy
 */
public record BaseChain(
        String chain,
        Hook hook,
        int priority,
        boolean translation,
        Matching matching,
        Condition guard,
        Action policy,
        Source source) {

    /** Linux: at prerouting, chains below this priority run before a packet's state is known. */
    public static final int CONNECTION_TRACKING = -200;

    /** The same for fewer packets. */
    BaseChain guardedBy(Condition more) {
        return new BaseChain(chain, hook, priority, translation, matching, Condition.all(guard, more), policy, source);
    }

    /** Which of the matching rules decides. */
    public enum Matching {
        FIRST,
        /** The last one, as in pf, unless one before is {@link Rule#quick}. */
        LAST
    }
}
