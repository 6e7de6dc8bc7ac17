package org.funkstille.lab.kernelproof;

import java.util.regex.Pattern;

/**
 * What is known of a rule set that decides which packets can be told exactly. The proof may say that a packet gets out
 * which the kernel holds back; the other way round it never may.
 *
 * @param tracking connection tracking is in use, so fragments are put together before anything else
 * @param translation addresses are translated
 */
record Knowledge(boolean tracking, boolean translation) {

    private static final Pattern TRACKING = Pattern.compile(
            "\\bct (state|mark|status|direction)|dnat|snat|redirect|masquerade|-m (state|conntrack|connmark)"
                    + "|-j (CONNMARK|DNAT|SNAT|REDIRECT|MASQUERADE)");
    private static final Pattern TRANSLATION =
            Pattern.compile("dnat|snat|redirect|masquerade|-j (DNAT|SNAT|REDIRECT|MASQUERADE)");

    static Knowledge of(String script) {
        return new Knowledge(TRACKING.matcher(script).find(), TRANSLATION.matcher(script).find());
    }

    /** False where the kernel may hold a packet back for a reason that is not in the rules. */
    boolean isExact(Draft draft) {
        if (draft.part != Draft.Part.WHOLE) {
            // A part alone never becomes a whole. IPv4 puts together what is for the router itself, too.
            boolean toRouter = Places.type(draft.destination) != org.funkstille.proof.filter.Field.TYPE_UNICAST;
            return !tracking && !(toRouter && !draft.six());
        }
        // Two flows without ports or identifiers that become one behind translation: the second is dropped.
        return !translation || draft.hasPorts() || draft.isIcmp();
    }
}
