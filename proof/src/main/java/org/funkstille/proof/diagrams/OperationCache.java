package org.funkstille.proof.diagrams;

/**
 * Results of operations by their operands. A new one takes the place of an older one that hashes alike: forgetting
 * costs time, never truth. Grows with the number of nodes.
 */
final class OperationCache {

    /** In place of the third operand, which is never negative where there is one. */
    static final int AND = -1;

    static final int EXISTS = -2;
    static final int SUBSTITUTE = -3;

    private static final int FIRST_ENTRIES = 1 << 12;
    private static final int MOST_ENTRIES = 1 << 21;

    /** Two operands, the third or the operation, and the result. */
    private static final int WIDTH = 4;

    private int[] entries = new int[FIRST_ENTRIES * WIDTH];
    private int capacity = FIRST_ENTRIES;

    /** The result, or -1. An entry never written says 0 and 0 of an operation 0, which no caller asks for. */
    int get(int first, int second, int third) {
        int at = place(first, second, third);
        return entries[at] == first && entries[at + 1] == second && entries[at + 2] == third ? entries[at + 3] : -1;
    }

    void put(int first, int second, int third, int result, int nodes) {
        if (nodes > capacity && capacity < MOST_ENTRIES) {
            grow();
        }
        int at = place(first, second, third);
        entries[at] = first;
        entries[at + 1] = second;
        entries[at + 2] = third;
        entries[at + 3] = result;
    }

    private void grow() {
        int[] old = entries;
        capacity *= 2;
        entries = new int[capacity * WIDTH];
        for (int at = 0; at < old.length; at += WIDTH) {
            if (old[at] != 0 || old[at + 1] != 0 || old[at + 2] != 0) {
                System.arraycopy(old, at, entries, place(old[at], old[at + 1], old[at + 2]), WIDTH);
            }
        }
    }

    private int place(int first, int second, int third) {
        return (mix(first, second, third) & (capacity - 1)) * WIDTH;
    }

    /** Spreads three numbers over all bits (multiplication by odd constants, folded). */
    static int mix(int first, int second, int third) {
        long sum = first * 0x9E3779B97F4A7C15L + second * 0xC2B2AE3D27D4EB4FL + third * 0x165667B19E3779F9L;
        sum ^= sum >>> 29;
        sum *= 0xBF58476D1CE4E5B9L;
        return (int) (sum >>> 32);
    }
}
