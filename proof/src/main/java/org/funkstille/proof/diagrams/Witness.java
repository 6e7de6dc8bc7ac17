package org.funkstille.proof.diagrams;

import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Picks one packet of a set: a usual one rather than one that nobody has ever sent. */
final class Witness {

    private Witness() {}

    static Packet of(Diagrams diagrams, int set) throws TooLarge {
        FieldDiagrams fields = new FieldDiagrams(diagrams, Universe.all());
        int rest = prefer(diagrams, set, fields.in(Field.STATE, Field.STATE_NEW));
        rest = prefer(diagrams, rest, fields.in(Field.LATER_FRAGMENT, 0));
        rest = prefer(diagrams, rest, fields.in(Field.EXTENSION, Field.NO_EXTENSION));
        rest = prefer(diagrams, rest, fields.in(Field.DESTINATION_TYPE, Field.TYPE_UNICAST));
        rest = prefer(diagrams, rest, fields.in(Field.PROTOCOL, 6));
        rest = prefer(diagrams, rest, fields.in(Field.PROTOCOL, 17));
        rest = prefer(diagrams, rest, fields.in(Field.TCP_FLAGS, 2));
        rest = prefer(diagrams, rest, fields.in(Field.DESTINATION_PORT, 443));
        rest = prefer(diagrams, rest, fields.in(Field.SOURCE_PORT, 50_000));
        rest = prefer(diagrams, rest, fields.in(Field.DESTINATION_PORT, ValueSet.of(16, Range.of(1, 65_535))));
        rest = prefer(diagrams, rest, fields.in(Field.HOP_LIMIT, 64));
        rest = prefer(diagrams, rest, fields.in(Field.LENGTH, 60));
        boolean[] bits = diagrams.member(rest);
        return Layout.packet(variable -> bits[variable]);
    }

    private static int prefer(Diagrams diagrams, int set, int usual) throws TooLarge {
        int both = diagrams.and(set, usual);
        return both == Diagrams.FALSE ? set : both;
    }
}
