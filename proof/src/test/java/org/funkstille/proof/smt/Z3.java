package org.funkstille.proof.smt;

import com.microsoft.z3.Context;
import com.microsoft.z3.FuncDecl;
import com.microsoft.z3.Model;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Value;

/** A solver that nobody of this project wrote. */
final class Z3 {

    private static final int MILLISECONDS = 120_000;

    private Z3() {}

    /** The fields of a packet that gets out; absent where there is none. */
    static Optional<Map<Field, Value>> solve(String text) {
        try (Context context = new Context()) {
            Solver solver = context.mkSimpleSolver();
            var limit = context.mkParams();
            limit.add("timeout", MILLISECONDS);
            solver.setParameters(limit);
            solver.fromString(text);
            Status status = solver.check();
            if (status == Status.UNKNOWN) {
                throw new IllegalStateException(solver.getReasonUnknown());
            }
            return status == Status.SATISFIABLE ? Optional.of(fields(solver.getModel())) : Optional.empty();
        }
    }

    private static Map<Field, Value> fields(Model model) {
        Map<Field, Value> found = new EnumMap<>(Field.class);
        for (FuncDecl<?> constant : model.getConstDecls()) {
            String name = constant.getName().toString();
            for (Field field : Field.values()) {
                if (field.toString().equals(name)) {
                    BigInteger number =
                            new BigInteger(model.getConstInterp(constant).toString());
                    found.put(field, new Value(number.shiftRight(64).longValue(), number.longValue()));
                }
            }
        }
        return found;
    }
}
