package org.funkstille.proof.read.nft;

import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;

/** What the left side of a match, or the key of a set, reads. */
sealed interface Selector {

    /** What must hold for it to be readable at all: the kernel breaks the rule off otherwise. */
    Condition needs();

    record OfField(Condition needs, Field field, Words words, Coding coding) implements Selector {}

    /** Of the flow as it began; not known any more once its addresses are translated. */
    record OfOrigin(OfField field) implements Selector {
        @Override
        public Condition needs() {
            return field.needs();
        }
    }

    /** A name of an interface. */
    record OfInterface(Field field) implements Selector {
        @Override
        public Condition needs() {
            return Condition.ALWAYS;
        }
    }

    /** The clock. */
    record OfTime(Times.Unit unit) implements Selector {
        @Override
        public Condition needs() {
            return Condition.ALWAYS;
        }
    }

    /** To whom the frame went: to this host, to all, to a group. */
    record OfPacketType() implements Selector {
        @Override
        public Condition needs() {
            return Condition.ALWAYS;
        }
    }

    /** The next header of IPv6: the upper protocol, or the first extension header. */
    record OfNextHeader(Condition needs) implements Selector {}

    /** An IPv6 extension header is there, somewhere in the chain of them. */
    record OfExtension(Condition needs, long header) implements Selector {}

    /** No field models it; the sender writes it as it likes. */
    record Free(Condition needs) implements Selector {}

    /** Not known from the packet and the rule set, or not understood. */
    record Opaque(Condition needs) implements Selector {}

    /** Of these packets, none has it. */
    record Absent() implements Selector {
        @Override
        public Condition needs() {
            return Condition.NEVER;
        }
    }
}
