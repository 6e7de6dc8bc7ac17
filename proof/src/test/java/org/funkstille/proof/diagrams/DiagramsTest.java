package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import jdd.bdd.BDD;
import org.junit.jupiter.api.Test;

final class DiagramsTest {

    /** Few enough to look at every assignment. */
    private static final int VARIABLES = 5;

    private static final int ASSIGNMENTS = 1 << VARIABLES;

    private final Diagrams diagrams = new Diagrams(VARIABLES, Budget.USUAL);
    private final Random random = new Random(7);

    @Test
    void operations_agreeWithTruthTables_andEqualSetsAreEqualNumbers() throws TooLarge {
        for (int round = 0; round < 20_000; round++) {
            int one = random.nextInt();
            int two = random.nextInt();
            int three = random.nextInt();
            int first = diagram(one);
            int second = diagram(two);
            int third = diagram(three);
            assertThat(diagrams.and(first, second)).isEqualTo(diagram(one & two));
            assertThat(diagrams.or(first, second)).isEqualTo(diagram(one | two));
            assertThat(diagrams.minus(first, second)).isEqualTo(diagram(one & ~two));
            assertThat(diagrams.not(first)).isEqualTo(diagram(~one));
            assertThat(diagrams.ite(first, second, third)).isEqualTo(diagram((one & two) | (~one & three)));
            assertThat(diagrams.any(first, second, third)).isEqualTo(diagram(one | two | three));
            assertThat(table(first)).isEqualTo(one);
        }
    }

    @Test
    void ite_withOperandsThatAreAlike_agreesWithTruthTables() throws TooLarge {
        int[] tables = {0, -1, 0x0f0f3355, ~0x0f0f3355, 0x12345678, ~0x12345678};
        for (int one : tables) {
            for (int two : tables) {
                for (int three : tables) {
                    assertThat(diagrams.ite(diagram(one), diagram(two), diagram(three)))
                            .isEqualTo(diagram((one & two) | (~one & three)));
                }
            }
        }
    }

    @Test
    void quantifiers_agreeWithTruthTables() throws TooLarge {
        for (int round = 0; round < 5_000; round++) {
            int table = random.nextInt();
            int variables = random.nextInt(ASSIGNMENTS);
            int some = 0;
            int every = 0;
            for (int assignment = 0; assignment < ASSIGNMENTS; assignment++) {
                boolean found = false;
                boolean all = true;
                for (int other = 0; other < ASSIGNMENTS; other++) {
                    if (((assignment ^ other) & ~variables) == 0) {
                        boolean member = bit(table, other);
                        found |= member;
                        all &= member;
                    }
                }
                some |= found ? 1 << assignment : 0;
                every |= all ? 1 << assignment : 0;
            }
            VariableSet set = diagrams.variables(members(variables));
            assertThat(diagrams.exists(diagram(table), set)).isEqualTo(diagram(some));
            assertThat(diagrams.forAll(diagram(table), set)).isEqualTo(diagram(every));
        }
    }

    @Test
    void substitution_replacesAllVariablesAtOnce() throws TooLarge {
        for (int round = 0; round < 5_000; round++) {
            int table = random.nextInt();
            int[] replacements = random.ints(VARIABLES).toArray();
            if (round % 3 == 0) {
                replacements[random.nextInt(VARIABLES)] = random.nextBoolean() ? 0 : -1;
            }
            Substitution by = diagrams.substitution();
            int replaced = random.nextInt(ASSIGNMENTS);
            for (int variable : members(replaced)) {
                by.put(variable, diagram(replacements[variable]));
            }
            int expected = 0;
            for (int assignment = 0; assignment < ASSIGNMENTS; assignment++) {
                int other = assignment;
                for (int variable : members(replaced)) {
                    int mask = 1 << variable;
                    other = bit(replacements[variable], assignment) ? other | mask : other & ~mask;
                }
                expected |= bit(table, other) ? 1 << assignment : 0;
            }
            assertThat(diagrams.substitute(diagram(table), by)).isEqualTo(diagram(expected));
        }
    }

    @Test
    void member_isOne_ofEverySetThatHasAny() throws TooLarge {
        for (int round = 0; round < 5_000; round++) {
            int table = (1 << random.nextInt(ASSIGNMENTS)) | (1 << (round % ASSIGNMENTS));
            boolean[] values = diagrams.member(diagram(table));
            assertThat(diagrams.contains(diagram(table), values)).isTrue();
            assertThat(bit(table, assignment(values))).isTrue();
        }
        assertThatThrownBy(() -> diagrams.member(Diagrams.FALSE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sizes_agreeWithAnotherLibrary_onLargerRandomFunctions() throws TooLarge {
        int variables = 40;
        Diagrams mine = new Diagrams(variables, Budget.USUAL);
        BDD theirs = new BDD(10_000, 10_000);
        int[] bits = IntStream.range(0, variables).map(_ -> theirs.createVar()).toArray();
        int[] myFunctions = new int[60];
        int[] theirFunctions = new int[60];
        for (int index = 0; index < myFunctions.length; index++) {
            if (index < variables) {
                myFunctions[index] = mine.variable(index);
                theirFunctions[index] = bits[index];
                continue;
            }
            int one = random.nextInt(index);
            int two = random.nextInt(index);
            int three = random.nextInt(index);
            myFunctions[index] = mine.ite(myFunctions[one], mine.not(myFunctions[two]), myFunctions[three]);
            theirFunctions[index] =
                    theirs.ref(theirs.ite(theirFunctions[one], theirs.not(theirFunctions[two]), theirFunctions[three]));
        }
        for (int round = 0; round < 20_000; round++) {
            boolean[] values = new boolean[variables];
            for (int variable = 0; variable < variables; variable++) {
                values[variable] = random.nextBoolean();
            }
            int index = random.nextInt(variables, myFunctions.length);
            assertThat(mine.contains(myFunctions[index], values))
                    .isEqualTo(theirs.member(theirFunctions[index], values));
        }
        for (int one = 0; one < myFunctions.length; one++) {
            for (int two = 0; two < myFunctions.length; two++) {
                assertThat(myFunctions[one] == myFunctions[two]).isEqualTo(theirFunctions[one] == theirFunctions[two]);
                assertThat(mine.and(myFunctions[one], myFunctions[two]) == Diagrams.FALSE)
                        .isEqualTo(theirs.and(theirFunctions[one], theirFunctions[two]) == theirs.getZero());
            }
        }
    }

    @Test
    void functionThatIsLargeInAnyOrder_isRefused_notComputedForever() {
        // The middle bit of a product has no small diagram in any order (Bryant 1991).
        assertThatThrownBy(() -> product(new Diagrams(64, new Budget(100_000, Long.MAX_VALUE)), 32))
                .isInstanceOf(TooLarge.class)
                .hasMessageContaining("100000 nodes");
        assertThatThrownBy(() -> product(new Diagrams(64, new Budget(1 << 22, 100_000)), 32))
                .isInstanceOf(TooLarge.class)
                .hasMessageContaining("100000 steps");
    }

    /** The sum of shifted rows, as on paper; the numbers' bits take turns. */
    private static int[] product(Diagrams diagrams, int bits) throws TooLarge {
        int[] sum = new int[2 * bits];
        for (int row = 0; row < bits; row++) {
            int carry = Diagrams.FALSE;
            for (int place = 0; place < bits; place++) {
                int both = diagrams.and(diagrams.variable(2 * row), diagrams.variable(2 * place + 1));
                int before = sum[row + place];
                int half = diagrams.ite(before, diagrams.not(both), both);
                sum[row + place] = diagrams.ite(half, diagrams.not(carry), carry);
                carry = diagrams.or(diagrams.and(before, both), diagrams.and(half, carry));
            }
            sum[row + bits] = carry;
        }
        return sum;
    }

    /** Bit n of the table says whether assignment n is a member; bit v of an assignment is the value of variable v. */
    private int diagram(int table) throws TooLarge {
        return diagram(table, 0, 0);
    }

    private int diagram(int table, int variable, int assignment) throws TooLarge {
        if (variable == VARIABLES) {
            return bit(table, assignment) ? Diagrams.TRUE : Diagrams.FALSE;
        }
        int low = diagram(table, variable + 1, assignment);
        int high = diagram(table, variable + 1, assignment | (1 << variable));
        return diagrams.node(variable, low, high);
    }

    private int table(int diagram) {
        int table = 0;
        for (int assignment = 0; assignment < ASSIGNMENTS; assignment++) {
            boolean[] values = new boolean[VARIABLES];
            for (int variable = 0; variable < VARIABLES; variable++) {
                values[variable] = bit(assignment, variable);
            }
            table |= diagrams.contains(diagram, values) ? 1 << assignment : 0;
        }
        return table;
    }

    private static int assignment(boolean[] values) {
        int assignment = 0;
        for (int variable = 0; variable < VARIABLES; variable++) {
            assignment |= values[variable] ? 1 << variable : 0;
        }
        return assignment;
    }

    private static int[] members(int set) {
        int[] members = new int[Integer.bitCount(set)];
        int next = 0;
        for (int variable = 0; variable < VARIABLES; variable++) {
            if (bit(set, variable)) {
                members[next++] = variable;
            }
        }
        return Arrays.copyOf(members, next);
    }

    private static boolean bit(int number, int place) {
        return ((number >>> place) & 1) != 0;
    }
}
