package org.funkstille.proof.read.iptables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Effect;

/** All targets by name. One that is not here may do anything. */
final class Targets {

    /** They log, count, or touch what no rule and no route asks for; the packet goes on to the next rule. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "LOG",
            "NFLOG",
            "ULOG",
            "AUDIT",
            "TRACE",
            "TCPMSS",
            "CLASSIFY",
            "CHECKSUM",
            "LED",
            "IDLETIMER",
            "TCPOPTSTRIP",
            "ECN",
            "RATEEST",
            "ACCOUNT",
            "SECMARK",
            "CONNSECMARK",
            "FLOWOFFLOAD",
            "LOGMARK");

    private static final Map<String, Target> KNOWN = known();

    private Targets() {}

    /** @param chains the chains of the table */
    static List<Outcome> read(Optional<Extension> target, Set<String> chains, Context context) {
        if (target.isEmpty()) {
            return Outcome.of();
        }
        Extension given = target.get();
        Target known = KNOWN.get(given.name());
        if (chains.contains(given.name()) && given.options().isEmpty()) {
            String chain = given.name();
            return Outcome.of(given.flag().equals("-g") ? new Action.Goto(chain) : new Action.Jump(chain));
        }
        if (known == null || given.flag().equals("-g")) {
            return Outcome.of(new Action.Unclear(given.toString()));
        }
        try {
            return known.read(given, context);
        } catch (NotUnderstood _) {
            return Outcome.of(new Action.Unclear(given.toString()));
        }
    }

    /** It puts addresses into sets; where it takes marks from one, that is not followed. */
    private static List<Outcome> fill(Extension target, Context context) throws NotUnderstood {
        if (target.has("--map-set")) {
            throw new NotUnderstood(target.toString());
        }
        return Outcome.of();
    }

    private static Map<String, Target> known() {
        Map<String, Target> known = new HashMap<>();
        known.put("ACCEPT", (_, _) -> Outcome.of(Action.ACCEPT));
        known.put("DROP", (_, _) -> Outcome.of(Action.DROP));
        known.put("REJECT", (_, _) -> Outcome.of(Action.REJECT));
        known.put("RETURN", (_, _) -> Outcome.of(Action.RETURN));
        WITHOUT_EFFECT.forEach(name -> known.put(name, (_, _) -> Outcome.of()));
        known.put("SET", Targets::fill);
        known.put("MARK", MarkTargets::mark);
        known.put("CONNMARK", MarkTargets::connmark);
        known.put("HMARK", MarkTargets::hashMark);
        known.put("NOTRACK", (_, _) -> Outcome.of(new Effect.NoTrack()));
        known.put("CT", HeaderTargets::tracking);
        known.put("TTL", HeaderTargets::hops);
        known.put("HL", HeaderTargets::hops);
        known.put("DSCP", HeaderTargets::dscp);
        known.put("TOS", HeaderTargets::tos);
        known.put("TEE", HeaderTargets::copy);
        known.put("DNAT", TranslationTargets::destination);
        known.put("REDIRECT", TranslationTargets::redirect);
        known.put("SNAT", TranslationTargets::source);
        known.put("MASQUERADE", TranslationTargets::masquerade);
        known.put("NETMAP", TranslationTargets::netmap);
        known.put("SYNPROXY", Synproxy::read);
        return Map.copyOf(known);
    }
}
