package org.funkstille.proof.diagrams;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who decides what the rule set leaves open. Ways are followed from their end, so at each open decision it is known
 * which packets escape after the one outcome and after the other; what is decided later is already settled.
 */
sealed interface Outlook {

    /** Nobody knows the outcome. */
    int byNature(String what, int one, int other) throws TooLarge;

    /** The sender picks the outcome, now as in every outlook: the one with which it escapes. */
    int bySender(int one, int other) throws TooLarge;

    /** Which packets escape whatever is unknown. */
    record Surely(Diagrams diagrams) implements Outlook {
        @Override
        public int byNature(String what, int one, int other) throws TooLarge {
            return diagrams.and(one, other);
        }

        @Override
        public int bySender(int one, int other) throws TooLarge {
            return diagrams.or(one, other);
        }
    }

    /** Which packets escape if what is unknown is as bad as it can be. */
    record Possibly(Diagrams diagrams) implements Outlook {
        @Override
        public int byNature(String what, int one, int other) throws TooLarge {
            return diagrams.or(one, other);
        }

        @Override
        public int bySender(int one, int other) throws TooLarge {
            return diagrams.or(one, other);
        }
    }

    /**
     * On what the escape hangs: each open outcome becomes a variable of its own, below all that stand for packets. A
     * later one lies further down. Only to name the unknowns; where there are too many, several share one variable.
     */
    final class Named implements Outlook {

        /** How many variables there are below those of packets. */
        static final int MOST = 512;

        private final Diagrams diagrams;
        private final List<Set<String>> names;
        private int next = MOST - 1;

        Named(Diagrams diagrams) {
            this.diagrams = diagrams;
            this.names = Stream.generate(() -> (Set<String>) new LinkedHashSet<String>())
                    .limit(MOST)
                    .toList();
        }

        @Override
        public int byNature(String what, int one, int other) throws TooLarge {
            if (one == other) {
                return one;
            }
            names.get(next).add(what);
            return open(one, other);
        }

        /** Open as well: on what it depends after either choice is of interest. */
        @Override
        public int bySender(int one, int other) throws TooLarge {
            return open(one, other);
        }

        private int open(int one, int other) throws TooLarge {
            int outcome = diagrams.variable(Layout.PACKET + next);
            next = Math.max(0, next - 1);
            return diagrams.ite(outcome, one, other);
        }

        /** The unknowns on which the diagram, in which nothing of a packet is open any more, depends. */
        List<String> names(int diagram) {
            Set<String> found = new TreeSet<>();
            collect(diagram, found, new HashSet<>());
            return List.copyOf(found);
        }

        private void collect(int diagram, Set<String> found, Set<Integer> seen) {
            if (diagram > Diagrams.TRUE && seen.add(diagram)) {
                found.addAll(names.get(diagrams.top(diagram) - Layout.PACKET));
                collect(diagrams.low(diagram), found, seen);
                collect(diagrams.high(diagram), found, seen);
            }
        }
    }
}
