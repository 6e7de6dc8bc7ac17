package org.funkstille.routers.pf;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Protocol;

/**
 * One rule as it should stand: floating, quick, for packets that come in, enabled, keeping state where it passes.
 *
 * @param mark its description, which no other rule of ours has
 * @param interfaces the router's own names of them ({@code em1}, {@code igb1.20}), sorted
 * @param log true where the filter log tells of each packet that it decides
 * @param schedule the schedule while which alone it is in force
 */
public record WantedRule(
        Mark mark,
        Action action,
        List<String> interfaces,
        Families families,
        Service service,
        Host source,
        Host destination,
        boolean log,
        Optional<String> schedule) {

    public WantedRule {
        interfaces = interfaces.stream().distinct().sorted().toList();
    }

    /** What becomes of the packet. */
    public enum Action {
        PASS,
        /** The sender is told nothing. */
        BLOCK,
        /** The sender is told: a reset, or ICMP unreachable. */
        REJECT
    }

    /** Which families it is for. */
    public enum Families {
        INET,
        INET6,
        BOTH
    }

    /** What is asked of protocol and port. */
    public sealed interface Service {

        /** Nothing. */
        record All() implements Service {}

        /** An echo request, of ICMP or ICMPv6 by the rule's family. */
        record Echo() implements Service {}

        /**
         * One of these protocols.
         *
         * @param port of the destination; absent: any
         */
        record Transport(Set<Protocol> protocols, Optional<Integer> port) implements Service {

            public Transport {
                protocols = Set.copyOf(protocols);
            }
        }
    }

    /** What is asked of an address. */
    public sealed interface Host {

        record Any() implements Host {}

        /** Every address of the router itself. */
        record Self() implements Host {}

        /** What stands in the alias of that name. */
        record In(String alias) implements Host {}

        /** Everything but what stands in the alias of that name. */
        record NotIn(String alias) implements Host {}

        record One(InetAddress address) implements Host {}
    }

    /** The device, or the shared owner, that it is for. */
    public String owner() {
        return mark.owner();
    }
}
