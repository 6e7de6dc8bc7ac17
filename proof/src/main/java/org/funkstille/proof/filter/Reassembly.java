package org.funkstille.proof.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.sets.ValueSet;

/**
 * Where Linux tracks the connections of a family, it puts fragments together before any rule but the earliest sees them
 * (ipv4_conntrack_defrag, ipv6_defrag): of a later fragment alone nothing is left. As a chain that drops them, so that
 * no engine has to know of it.
 */
final class Reassembly {

    /**
     * One behind NF_IP_PRI_CONNTRACK_DEFRAG and its twin of IPv6: chains at that very priority may come before, and keep
     * packets from tracking.
     */
    private static final int PRIORITY = -399;

    private static final String CHAIN = "fragments are put together";

    private Reassembly() {}

    static List<BaseChain> added(List<BaseChain> bases, ValueSet tracked) {
        // What leaves is cut in pieces again, which chains at egress see as they do others.
        boolean cutAgain = bases.stream().anyMatch(base -> base.hook() == Hook.EGRESS);
        if (tracked.isEmpty() || cutAgain || isThere(bases)) {
            return bases;
        }
        // What was kept from tracking before is left in pieces, too.
        Condition guard = Condition.all(
                Condition.in(Field.FAMILY, tracked),
                Condition.in(Field.LATER_FRAGMENT, 1),
                Condition.in(
                        Field.STATE, Field.STATE.only(Field.STATE_UNTRACKED).complement()));
        List<BaseChain> all = new ArrayList<>(bases);
        all.add(new BaseChain(
                CHAIN,
                Hook.PREROUTING,
                PRIORITY,
                false,
                BaseChain.Matching.FIRST,
                guard,
                Action.DROP,
                new Source("connection tracking", CHAIN, "")));
        return List.copyOf(all);
    }

    static Map<String, Chain> added(List<BaseChain> bases, Map<String, Chain> chains) {
        if (chains.containsKey(CHAIN) || !isThere(bases)) {
            return chains;
        }
        Map<String, Chain> all = new HashMap<>(chains);
        all.put(CHAIN, new Chain(CHAIN, List.of()));
        return Map.copyOf(all);
    }

    /** True where every other chain sees whole packets, and those of families that no rule of it tracks nothing. */
    static boolean isBeforeAll(List<BaseChain> bases) {
        return bases.stream()
                        .anyMatch(base ->
                                isIt(base) && Tracking.families(base.guard()).isAll())
                && bases.stream().allMatch(base -> isIt(base) || isLate(base));
    }

    private static boolean isLate(BaseChain base) {
        return switch (base.hook()) {
            case INGRESS -> false;
            case PREROUTING -> base.priority() >= PRIORITY;
            case INPUT, FORWARD, OUTPUT, POSTROUTING, EGRESS -> true;
        };
    }

    private static boolean isThere(List<BaseChain> bases) {
        return bases.stream().anyMatch(Reassembly::isIt);
    }

    private static boolean isIt(BaseChain base) {
        return base.chain().equals(CHAIN);
    }
}
