package org.funkstille.proof.read.pf;

import java.util.List;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.ValueSet;

/**
 * The ports that a rule names.
 *
 * @param numbers those that are known
 * @param unknown names of services that are not
 */
record Ports(ValueSet numbers, List<String> unknown) {

    static final Ports ANY = new Ports(Field.SOURCE_PORT.all(), List.of());

    Ports {
        unknown = List.copyOf(unknown);
    }

    boolean isAny() {
        return numbers.isAll() && unknown.isEmpty();
    }
}
