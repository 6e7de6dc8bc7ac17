package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Addresses of both families. */
record AddressPair(ValueSet four, ValueSet six) {

    static final AddressPair NONE = new AddressPair(ValueSet.none(AddressSets.BITS), ValueSet.none(AddressSets.BITS));

    static AddressPair of(List<Net> nets) {
        List<Range> four = new ArrayList<>();
        List<Range> six = new ArrayList<>();
        for (Net net : nets) {
            (net.family() == Family.IPV4 ? four : six).add(net.range());
        }
        return new AddressPair(ValueSet.ofAll(AddressSets.BITS, four), ValueSet.ofAll(AddressSets.BITS, six));
    }

    ValueSet of(Family family) {
        return family == Family.IPV4 ? four : six;
    }

    /** The packet is of one of the families, and its address of this field one of these. */
    Condition holds(Field field, Set<Family> families) {
        List<Condition> either = new ArrayList<>();
        for (Family family : families) {
            if (!of(family).isEmpty()) {
                either.add(AddressSets.in(field, family, of(family)));
            }
        }
        return Condition.any(either);
    }
}
