package org.funkstille.proof.filter;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.funkstille.proof.sets.ValueSet;

/**
 * A router's whole packet filter.
 *
 * @param bases in the order of registration; {@link #at} sorts them by priority
 * @param chains by name
 * @param assumptions what was taken for granted in reading it, in plain words: {@code anchor "userrules/*" is taken as
 *     empty: its rules were not given}
 */
public record RuleSet(Platform platform, List<BaseChain> bases, Map<String, Chain> chains, List<String> assumptions) {

    /** How packets travel through it. */
    public enum Platform {
        /** Linux: hooks of netfilter, connection tracking. */
        NETFILTER,
        /** FreeBSD: rules of one list, in and out. */
        PF
    }

    /** The deepest nesting of jumps: nftables allows 16, iptables no more than its stack. */
    public static final int DEEPEST_JUMPS = 128;

    /** @throws MalformedRuleSet where a chain is missing, jumps go in circles, or they nest too deep */
    public RuleSet {
        bases = List.copyOf(bases);
        chains = Map.copyOf(chains);
        assumptions = List.copyOf(assumptions);
        Jumps.check(bases, chains);
        if (platform == Platform.NETFILTER) {
            ValueSet tracked = Tracking.families(bases, chains);
            bases = Reassembly.added(Tracking.guarded(bases, tracked), tracked);
            chains = Reassembly.added(bases, chains);
        }
    }

    /**
     * The base chains of a hook in the order in which a packet comes to them: first those of low priority. Of equal
     * ones netfilter asks the one that was registered last first (nf_hook_entries_grow), and its translation chains
     * stand all together at a priority of their own (nf_nat_register_fn), in the order of theirs.
     */
    public List<BaseChain> at(Hook hook) {
        List<BaseChain> found =
                bases.stream().filter(base -> base.hook() == hook).toList();
        if (platform == Platform.NETFILTER) {
            return asNetfilter(hook, found);
        }
        return found.stream()
                .sorted(Comparator.comparingInt(BaseChain::priority))
                .toList();
    }

    private static List<BaseChain> asNetfilter(Hook hook, List<BaseChain> registered) {
        int translation = hook == Hook.INPUT || hook == Hook.POSTROUTING ? 100 : -100;
        // The place of all translation chains is that of the first.
        int first = registered.stream().map(BaseChain::translation).toList().indexOf(true);
        List<Integer> order = IntStream.range(0, registered.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> registered.get(i).translation()
                                ? translation
                                : registered.get(i).priority())
                        .thenComparingInt(i -> registered.get(i).translation() ? -first : -i)
                        .thenComparingInt(i -> registered.get(i).priority())
                        .thenComparingInt(i -> -i))
                .toList();
        return order.stream().map(registered::get).toList();
    }

    /**
     * True where some rule may be asked about later fragments: those that come before fragments are put together, or
     * all where they never are.
     */
    public boolean showsFragments() {
        return platform == Platform.PF || !Reassembly.isBeforeAll(bases);
    }

    /** The chain of that name; it exists, the constructor saw to it. */
    public Chain chain(String name) {
        Chain chain = chains.get(name);
        if (chain == null) {
            throw new IllegalArgumentException("no chain " + name);
        }
        return chain;
    }

    /** The number of rules in all chains. */
    public int size() {
        return chains.values().stream().mapToInt(chain -> chain.rules().size()).sum();
    }
}
