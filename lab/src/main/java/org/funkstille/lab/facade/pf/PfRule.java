package org.funkstille.lab.facade.pf;

import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;

/**
 * A rule of pf (pf.conf(5)). Lists stand for one rule for each of their entries.
 *
 * @param interfaces as pf calls them ({@code lo0}); none: all
 * @param notInterfaces true where the rule is for all interfaces but those
 * @param family none: both
 * @param options what matches no packet by itself
 */
public record PfRule(
        Action action,
        Direction direction,
        boolean log,
        boolean quick,
        List<String> interfaces,
        boolean notInterfaces,
        Optional<Family> family,
        Match match,
        Options options) {

    public PfRule {
        interfaces = List.copyOf(interfaces);
    }

    /** What becomes of a packet. */
    public enum Action {
        PASS,
        /** Dropped in silence. */
        BLOCK,
        /** Dropped, and the sender is told by a TCP reset or an ICMP error. */
        BLOCK_RETURN,
        /** A place for rules of other programs, which are none; {@link Options#anchor} is its name. */
        ANCHOR
    }

    /** The way of a packet as the router sees it. */
    public enum Direction {
        IN,
        OUT,
        ANY
    }

    /**
     * What a packet must be.
     *
     * @param protocols as in protocols(5), or numbers; none: all
     * @param icmpTypes none: all
     */
    public record Match(
            List<String> protocols,
            PfHost source,
            List<PfPorts> sourcePorts,
            PfHost destination,
            List<PfPorts> destinationPorts,
            List<Integer> icmpTypes) {

        /** Every packet. */
        public static final Match ALL = new Match(List.of(), PfHost.ANY, List.of(), PfHost.ANY, List.of(), List.of());

        public Match {
            protocols = List.copyOf(protocols);
            sourcePorts = List.copyOf(sourcePorts);
            destinationPorts = List.copyOf(destinationPorts);
            icmpTypes = List.copyOf(icmpTypes);
        }
    }

    /**
     * @param keepsState later packets of the flow pass without being asked; only for {@link Action#PASS}
     * @param stateOptions what stands in the brackets behind {@code keep state}, for example {@code if-bound}
     * @param words other options that are printed and do not act, for example {@code allow-opts}
     * @param routing printed before the family, and does not act: {@code route-to ( em0 203.0.113.1 )}
     * @param identifier a number that log lines and counters name the rule by; 0: none
     * @param anchor the name of an {@link Action#ANCHOR}
     */
    public record Options(
            boolean keepsState,
            String stateOptions,
            List<String> words,
            String routing,
            List<String> labels,
            long identifier,
            String anchor) {

        public Options {
            words = List.copyOf(words);
            labels = List.copyOf(labels);
        }
    }

    public static PfRuleBuilder pass(Direction direction) {
        return new PfRuleBuilder(Action.PASS, direction);
    }

    public static PfRuleBuilder block(Direction direction) {
        return new PfRuleBuilder(Action.BLOCK, direction);
    }

    public static PfRuleBuilder blockReturn(Direction direction) {
        return new PfRuleBuilder(Action.BLOCK_RETURN, direction);
    }

    /** @param name for example {@code userrules/*} */
    public static PfRule anchor(String name) {
        return new PfRuleBuilder(Action.ANCHOR, Direction.ANY).anchor(name).build();
    }

    boolean isFor(Direction packets) {
        return action != Action.ANCHOR && (direction == Direction.ANY || direction == packets);
    }

    /** What filter log lines name the rule by: its number, else its first label, else 0. */
    public String logIdentity() {
        if (options.identifier() != 0) {
            return Long.toString(options.identifier());
        }
        return options.labels().isEmpty() ? "0" : options.labels().getFirst();
    }
}
