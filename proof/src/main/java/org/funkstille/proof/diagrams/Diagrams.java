package org.funkstille.proof.diagrams;

/**
 * Reduced ordered binary decision diagrams (Bryant 1986) with complemented edges (Brace, Rudell and Bryant 1990): two
 * diagrams are the same number exactly where they stand for the same set.
 *
 * <p>A diagram is the index of a node, doubled, plus one where it stands for the complement. Nodes are never freed: a
 * store lives for one question. No operation recurses deeper than there are variables.
 */
public final class Diagrams {

    /** The empty set. */
    public static final int FALSE = 0;

    /** The set of everything. */
    public static final int TRUE = 1;

    private final int variables;
    private final NodeTable nodes;
    private final OperationCache cache = new OperationCache();
    private final long steps;
    private long stepsLeft;
    private int numbered;

    /** @param variables how many there are; the order is that of their numbers, beginning with 0 at the top */
    public Diagrams(int variables, Budget budget) {
        this.variables = variables;
        this.nodes = new NodeTable(variables, budget.nodes());
        this.steps = budget.steps();
        this.stepsLeft = budget.steps();
    }

    /** Counts one step of work done for a diagram, here or by a caller. */
    public void step() throws TooLarge {
        if (--stepsLeft < 0) {
            throw new TooLarge("more than " + steps + " steps");
        }
    }

    /** The number of nodes made so far. */
    public int size() {
        return nodes.size();
    }

    /** The top variable of a diagram; of a constant: the number of variables. */
    public int top(int diagram) {
        return nodes.variable(diagram >>> 1);
    }

    /** What is left of a diagram where its top variable is 0. */
    public int low(int diagram) {
        return nodes.low(diagram >>> 1) ^ (diagram & 1);
    }

    /** What is left of a diagram where its top variable is 1. */
    public int high(int diagram) {
        return nodes.high(diagram >>> 1) ^ (diagram & 1);
    }

    /** The diagram that is {@code low} where the variable is 0 and else {@code high}; both begin further below. */
    public int node(int variable, int low, int high) throws TooLarge {
        if (low == high) {
            return low;
        }
        // Of a node and its complement only the one whose low edge is plain exists.
        int flip = low & 1;
        return (nodes.find(variable, low ^ flip, high ^ flip) << 1) ^ flip;
    }

    public int variable(int variable) throws TooLarge {
        return node(variable, FALSE, TRUE);
    }

    public int not(int diagram) {
        return diagram ^ 1;
    }

    public int or(int one, int other) throws TooLarge {
        return and(one ^ 1, other ^ 1) ^ 1;
    }

    public int minus(int one, int other) throws TooLarge {
        return and(one, other ^ 1);
    }

    public int and(int one, int other) throws TooLarge {
        if (one == other || other == TRUE) {
            return one;
        }
        if (one == TRUE) {
            return other;
        }
        if (one == FALSE || other == FALSE || one == (other ^ 1)) {
            return FALSE;
        }
        int first = Math.min(one, other);
        int second = Math.max(one, other);
        int known = cache.get(first, second, OperationCache.AND);
        if (known >= 0) {
            return known;
        }
        step();
        int top = Math.min(top(first), top(second));
        int low = and(lowAt(top, first), lowAt(top, second));
        int high = and(highAt(top, first), highAt(top, second));
        int result = node(top, low, high);
        cache.put(first, second, OperationCache.AND, result, nodes.size());
        return result;
    }

    /** Where the test holds the one, elsewhere the other. */
    public int ite(int test, int then, int otherwise) throws TooLarge {
        if (then == otherwise || test == TRUE) {
            return then;
        }
        if (test == FALSE) {
            return otherwise;
        }
        if (then == TRUE || then == test) {
            return or(test, otherwise);
        }
        if (then == FALSE || then == (test ^ 1)) {
            return minus(otherwise, test);
        }
        if (otherwise == FALSE || otherwise == test) {
            return and(test, then);
        }
        if (otherwise == TRUE || otherwise == (test ^ 1)) {
            return or(test ^ 1, then);
        }
        if ((test & 1) != 0) {
            return ite(test ^ 1, otherwise, then);
        }
        return (then & 1) != 0 ? branch(test, then ^ 1, otherwise ^ 1) ^ 1 : branch(test, then, otherwise);
    }

    private int branch(int test, int then, int otherwise) throws TooLarge {
        int known = cache.get(test, then, otherwise);
        if (known >= 0) {
            return known;
        }
        step();
        int top = Math.min(top(test), Math.min(top(then), top(otherwise)));
        int low = ite(lowAt(top, test), lowAt(top, then), lowAt(top, otherwise));
        int high = ite(highAt(top, test), highAt(top, then), highAt(top, otherwise));
        int result = node(top, low, high);
        cache.put(test, then, otherwise, result, nodes.size());
        return result;
    }

    /** A set of variables, for {@link #exists}. */
    public VariableSet variables(int... members) {
        return new VariableSet(numbered++, variables, members);
    }

    /** The assignments that become members of the diagram by some change of these variables. */
    public int exists(int diagram, VariableSet set) throws TooLarge {
        int top = top(diagram);
        if (top > set.last()) {
            return diagram;
        }
        int known = cache.get(diagram, set.number(), OperationCache.EXISTS);
        if (known >= 0) {
            return known;
        }
        step();
        int low = exists(low(diagram), set);
        int result;
        if (set.contains(top)) {
            result = low == TRUE ? TRUE : or(low, exists(high(diagram), set));
        } else {
            result = node(top, low, exists(high(diagram), set));
        }
        cache.put(diagram, set.number(), OperationCache.EXISTS, result, nodes.size());
        return result;
    }

    /** The assignments for which a change of these variables never leaves the diagram. */
    public int forAll(int diagram, VariableSet set) throws TooLarge {
        return exists(diagram ^ 1, set) ^ 1;
    }

    /** A substitution in which every variable stays itself, to be filled before its first use. */
    public Substitution substitution() {
        return new Substitution(numbered++, variables);
    }

    /** The assignments that are members after all variables were replaced at once. Restricts where by constants. */
    public int substitute(int diagram, Substitution by) throws TooLarge {
        int flip = diagram & 1;
        return substitutePlain(diagram ^ flip, by) ^ flip;
    }

    private int substitutePlain(int diagram, Substitution by) throws TooLarge {
        int top = top(diagram);
        if (top > by.last()) {
            return diagram;
        }
        int known = cache.get(diagram, by.number(), OperationCache.SUBSTITUTE);
        if (known >= 0) {
            return known;
        }
        step();
        int replacement = by.replaces(top) ? by.replacement(top) : variable(top);
        int result;
        if (replacement == TRUE) {
            result = substitute(high(diagram), by);
        } else if (replacement == FALSE) {
            result = substitute(low(diagram), by);
        } else {
            result = ite(replacement, substitute(high(diagram), by), substitute(low(diagram), by));
        }
        cache.put(diagram, by.number(), OperationCache.SUBSTITUTE, result, nodes.size());
        return result;
    }

    /** The union, by halves: the parts stay small as long as they can. */
    public int any(int... diagrams) throws TooLarge {
        return any(diagrams, 0, diagrams.length);
    }

    private int any(int[] diagrams, int from, int to) throws TooLarge {
        if (to - from < 2) {
            return from == to ? FALSE : diagrams[from];
        }
        int middle = (from + to) >>> 1;
        return or(any(diagrams, from, middle), any(diagrams, middle, to));
    }

    /** One member: the value of each variable, 0 wherever the choice is free. The diagram is not empty. */
    public boolean[] member(int diagram) {
        if (diagram == FALSE) {
            throw new IllegalArgumentException("an empty set has no member");
        }
        boolean[] values = new boolean[variables];
        int rest = diagram;
        while (rest != TRUE) {
            boolean one = low(rest) == FALSE;
            values[top(rest)] = one;
            rest = one ? high(rest) : low(rest);
        }
        return values;
    }

    /** True where the assignment is a member. */
    public boolean contains(int diagram, boolean[] values) {
        int rest = diagram;
        while (rest > TRUE) {
            rest = values[top(rest)] ? high(rest) : low(rest);
        }
        return rest == TRUE;
    }

    private int lowAt(int variable, int diagram) {
        return top(diagram) == variable ? low(diagram) : diagram;
    }

    private int highAt(int variable, int diagram) {
        return top(diagram) == variable ? high(diagram) : diagram;
    }
}
