package org.funkstille.lab.kernelproof;

import java.util.regex.Pattern;
import org.funkstille.proof.filter.Field;

/**
 * What is known of a rule set that decides which packets can be told exactly. The proof may say that a packet gets out
 * which the kernel holds back; the other way round it never may.
 *
 * @param tracking connection tracking is in use, so fragments are put together before anything else
 * @param translation addresses are translated
 * @param guessesPorts rules of iptables for nft ask for ports and the like: those of later fragments are taken from
 *     what these carry (seen in 6.18), and what {@code iptables-save} prints does not tell
 */
record Knowledge(boolean tracking, boolean translation, boolean guessesPorts) {

    private static final Pattern TRACKING = Pattern.compile(
            "\\bct (state|mark|status|direction)|dnat|snat|redirect|masquerade|-m (state|conntrack|connmark)"
                    + "|-j (CONNMARK|DNAT|SNAT|REDIRECT|MASQUERADE)");
    private static final Pattern TRANSLATION =
            Pattern.compile("dnat|snat|redirect|masquerade|-j (DNAT|SNAT|REDIRECT|MASQUERADE)");

    private static final Pattern PORTS = Pattern.compile("port|flags|--syn|icmp|sctp|type|code");

    static Knowledge of(String script, Backend backend) {
        return new Knowledge(
                TRACKING.matcher(script).find(),
                TRANSLATION.matcher(script).find(),
                backend == Backend.IPTABLES_NFT && PORTS.matcher(script).find());
    }

    /** How far what the proof says of a packet can be held against the kernel. */
    enum Comparison {
        EXACT,
        /** The kernel may hold it back for a reason that is not in the rules. */
        MAY_BE_HELD_BACK,
        /** The kernel makes another packet of it, which the proof looks at by itself. */
        NONE
    }

    Comparison of(Draft draft) {
        if (draft.part != Draft.Part.WHOLE) {
            // A part alone never becomes a whole. IPv4 puts together what is for the router itself, too.
            if (draft.part == Draft.Part.LATER && guessesPorts && !tracking) {
                return Comparison.NONE;
            }
            boolean toRouter = Places.type(draft.destination) != Field.TYPE_UNICAST;
            return tracking || (toRouter && !draft.six()) ? Comparison.MAY_BE_HELD_BACK : Comparison.EXACT;
        }
        if (tracking && draft.extensions.contains(Frames.FRAGMENT)) {
            return Comparison.NONE; // an only fragment is a whole: nf_ct_frag6_reasm takes its header away
        }
        if (translation && (draft.etherDestination & 1L << 40) != 0) {
            return Comparison.MAY_BE_HELD_BACK; // whatever its new destination: only what came to its card is forwarded
        }
        // Two flows without ports or identifiers that become one behind translation: the second is dropped.
        return !translation || draft.hasPorts() || draft.isIcmp() ? Comparison.EXACT : Comparison.MAY_BE_HELD_BACK;
    }
}
