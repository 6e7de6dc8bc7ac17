package org.funkstille.routers.linux;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.router.Caveat;

/**
 * What limits a Linux router as an enforcer or as a witness.
 *
 * @param offloads packets of running flows bypass the rules
 * @param tracks the router tracks connections
 * @param accounts it counts the bytes of flows
 * @param pins its DHCP server takes reservations from us
 * @param boots it can load rules before the network is up
 * @param countsLosses its listeners tell what they missed
 */
record LinuxCaveats(
        boolean offloads, boolean tracks, boolean accounts, boolean pins, boolean boots, boolean countsLosses) {

    List<Caveat> list() {
        List<Caveat> caveats = new ArrayList<>();
        if (offloads) {
            caveats.add(new Caveat(
                    Caveat.Kind.FLOW_OFFLOAD,
                    "flow offloading is on: packets of running flows bypass the rules, so flows of a window may outlive it"
                            + " until Funkstille cuts them; take the flowtable out of the rule set"));
        }
        if (!tracks) {
            caveats.add(new Caveat(
                    Caveat.Kind.NO_TRACKING,
                    "this router tracks no connections: devices can answer only those named in reach, and flows that pass"
                            + " are not seen"));
        } else if (!accounts) {
            caveats.add(new Caveat(
                    Caveat.Kind.NO_ACCOUNTING,
                    "the bytes of flows are not counted; to change that: sysctl -w net.netfilter.nf_conntrack_acct=1"));
        }
        if (!pins) {
            caveats.add(
                    new Caveat(
                            Caveat.Kind.NO_RESERVATIONS,
                            "no dhcp-hostsdir is set in dnsmasq's configuration, so addresses are not pinned here; add"
                                    + " dhcp-hostsdir=/etc/dnsmasq-hosts.d, or pin them yourself. The rules hold by MAC either way"));
        }
        if (!boots) {
            caveats.add(new Caveat(
                    Caveat.Kind.NOT_SAVED,
                    "there is no systemd here, so nothing is saved for the next boot: the rules are gone after a reboot"
                            + " until Funkstille runs. Start \"funkstille run\" before the network"));
        }
        if (!countsLosses) {
            caveats.add(new Caveat(
                    Caveat.Kind.LOSSES_NOT_COUNTED,
                    "over ssh, nobody tells how many events were missed; for a witness that counts its losses, run"
                            + " Funkstille on the router itself"));
        }
        return caveats;
    }
}
