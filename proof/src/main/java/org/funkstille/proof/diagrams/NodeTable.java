package org.funkstille.proof.diagrams;

import java.util.Arrays;

/** The nodes of all diagrams, each once: arrays that grow, and an open-addressing hash of their indexes. */
final class NodeTable {

    private static final int FIRST_CAPACITY = 1 << 12;

    private final int most;
    private int[] variable = new int[FIRST_CAPACITY];
    private int[] low = new int[FIRST_CAPACITY];
    private int[] high = new int[FIRST_CAPACITY];

    /** Twice as long as the arrays; 0, the constant that is in no chain, is a free place. */
    private int[] places = new int[2 * FIRST_CAPACITY];

    private int size = 1;

    NodeTable(int variables, int most) {
        this.most = most;
        // Below all variables: so a constant is never the top of two.
        variable[0] = variables;
    }

    int size() {
        return size;
    }

    int variable(int node) {
        return variable[node];
    }

    int low(int node) {
        return low[node];
    }

    int high(int node) {
        return high[node];
    }

    int find(int wantedVariable, int wantedLow, int wantedHigh) throws TooLarge {
        int mask = places.length - 1;
        int place = hash(wantedVariable, wantedLow, wantedHigh) & mask;
        while (places[place] != 0) {
            int node = places[place];
            if (variable[node] == wantedVariable && low[node] == wantedLow && high[node] == wantedHigh) {
                return node;
            }
            place = (place + 1) & mask;
        }
        if (size >= most) {
            throw new TooLarge("more than " + most + " nodes");
        }
        if (size == variable.length) {
            grow();
            return find(wantedVariable, wantedLow, wantedHigh);
        }
        variable[size] = wantedVariable;
        low[size] = wantedLow;
        high[size] = wantedHigh;
        places[place] = size;
        return size++;
    }

    private void grow() {
        int capacity = 2 * variable.length;
        variable = Arrays.copyOf(variable, capacity);
        low = Arrays.copyOf(low, capacity);
        high = Arrays.copyOf(high, capacity);
        places = new int[2 * capacity];
        int mask = places.length - 1;
        for (int node = 1; node < size; node++) {
            int place = hash(variable[node], low[node], high[node]) & mask;
            while (places[place] != 0) {
                place = (place + 1) & mask;
            }
            places[place] = node;
        }
    }

    private static int hash(int variable, int low, int high) {
        return OperationCache.mix(variable, low, high);
    }
}
