package org.funkstille.proof.diagrams;

/**
 * What one answer may cost, so that it comes or is refused, on any rule set.
 *
 * @param nodes of all diagrams together, at most 4,194,304; each takes about 28 octets with its share of the tables
 * @param steps of all operations together; ten million take about a second
 */
public record Budget(int nodes, long steps) {

    /** Below 200 MB, and some seconds. */
    public static final Budget USUAL = new Budget(4_000_000, 60_000_000);

    private static final int MOST_NODES = 1 << 22;

    public Budget {
        if (nodes < 1 || nodes > MOST_NODES || steps < 1) {
            throw new IllegalArgumentException("not a budget: " + nodes + " nodes, " + steps + " steps");
        }
    }
}
