package org.funkstille.proof.smt;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.funkstille.proof.filter.Field;

/**
 * What the packet's fields are called at this point of the text. A packet goes only one way; so each change is written
 * behind the one before, and happens where the packet meets its rule.
 */
final class Fields {

    private final Lines lines;
    private final Map<Field, String> now = new EnumMap<>(Field.class);
    private final Set<Field> asked = EnumSet.of(
            Field.FAMILY,
            Field.IN_INTERFACE,
            Field.SOURCE,
            Field.DESTINATION,
            Field.DESTINATION_TYPE,
            Field.PROTOCOL,
            Field.STATE);
    private int versions;

    Fields(Lines lines) {
        this.lines = lines;
    }

    /** Fields of which it matters what the device sent, in their order. */
    Set<Field> asked() {
        return asked;
    }

    String get(Field field) {
        String name = now.get(field);
        return name == null ? sent(field) : name;
    }

    /** As it was when the packet came in. */
    String sent(Field field) {
        asked.add(field);
        return field.toString();
    }

    /** From here on the field is the term where the condition holds, and as it was elsewhere. */
    void change(Field field, String condition, String term) throws TooLarge {
        String changed = Terms.ite(condition, term, get(field));
        String name = field + "-" + ++versions;
        lines.define(name, Terms.sort(field), changed);
        now.put(field, name);
    }
}
