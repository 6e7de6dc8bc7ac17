package org.funkstille.routers.opnsense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.router.Caveat;

/**
 * What limits an OPNsense as an enforcer or as a witness.
 *
 * @param version absent where it is not told
 * @param listens somebody hears its filter log
 * @param sends we have an IPv4 address towards the router that a canary can come from
 * @param states its table of states may be read and changed
 */
record OpnSenseCaveats(Optional<Version> version, boolean listens, boolean sends, boolean states) {

    /** Up to then, the older pages have floating rules of their own, which the interface does not list. */
    private static final Version ONE_KIND_OF_RULES = new Version(26, 7, 0);

    List<Caveat> list(InForce inForce) {
        List<Caveat> caveats = new ArrayList<>();
        caveats.add(new Caveat(
                Caveat.Kind.BY_ADDRESS,
                "OPNsense knows devices by address, not by MAC: a device that takes another address is another device to"
                        + " it until Funkstille has seen that"));
        if (!listens) {
            caveats.add(new Caveat(
                    Caveat.Kind.NO_CANARY,
                    "nobody hears this router's filter log, so attempts are not seen and no canary is sent: set syslog: in"
                            + " the configuration, and on the router a remote target for filterlog (System > Settings >"
                            + " Logging, Remote)"));
        } else if (!sends) {
            caveats.add(new Caveat(
                    Caveat.Kind.NO_CANARY, "no canary can be sent: Funkstille has no IPv4 address towards the router"));
        }
        if (!states) {
            String why = "the key's user may not see the table of states; give it the privilege "
                    + Privileges.of("/api/diagnostics/firewall/query_states");
            caveats.add(new Caveat(Caveat.Kind.NO_FLOWS, why));
            caveats.add(new Caveat(Caveat.Kind.NO_STATES, why));
            caveats.add(new Caveat(Caveat.Kind.FLOWS_NOT_CUT, why));
        }
        if (inForce.rules().isEmpty()) {
            unseen(inForce, caveats);
        }
        return caveats;
    }

    private void unseen(InForce inForce, List<Caveat> caveats) {
        String remedy = "give the key's user the privilege " + Privileges.of("/api/" + PfRules.ROUTE);
        caveats.add(new Caveat(Caveat.Kind.NO_RULE_SET, "pf's own rules may not be seen; " + remedy));
        if (inForce.packets().isEmpty()) {
            caveats.add(new Caveat(Caveat.Kind.NO_COUNTERS, "what rules count may not be seen; " + remedy));
        }
        boolean older =
                version.filter(found -> !found.before(ONE_KIND_OF_RULES)).isEmpty();
        if (inForce.packets().isEmpty() || !inForce.fresh()) {
            caveats.add(new Caveat(
                    Caveat.Kind.NOT_COMPARED,
                    "whether pf has loaded our rules cannot be told"
                            + (inForce.packets().isPresent()
                                    ? ": this version answers with numbers of up to 300 seconds ago; "
                                    : "; ")
                            + remedy));
        } else if (older) {
            caveats.add(new Caveat(
                    Caveat.Kind.NOT_COMPARED,
                    "whether floating rules of the older page (Firewall > Rules > Floating) stand before ours cannot be"
                            + " told; " + remedy));
        }
    }
}
