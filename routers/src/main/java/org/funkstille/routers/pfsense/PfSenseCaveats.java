package org.funkstille.routers.pfsense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.net.Family;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Caveat.Kind;

/** What pfSense cannot do or tell, and what its owner can do about it. */
record PfSenseCaveats(Router router, Home home) {

    private static final String ALLOW = "with allow: [command-prompt] and the privilege"
            + " api-v2-diagnostics-command-prompt-post, which is a root shell";

    List<Caveat> list() {
        List<Caveat> caveats = new ArrayList<>();
        caveats.add(new Caveat(Kind.BY_ADDRESS, byAddress()));
        if (!router.access().may(RouterAccess.Right.COMMAND_PROMPT)) {
            caveats.add(new Caveat(
                    Kind.NO_RULE_SET, "the API does not tell the rules that pf has in force; it would " + ALLOW));
            caveats.addAll(ipv6());
            caveats.add(new Caveat(Kind.NO_COUNTERS, "the API does not tell what rules counted; it would " + ALLOW));
            caveats.add(new Caveat(
                    Kind.FLOWS_NOT_CUT,
                    "the API ends no IPv6 flows, so those that are open live until they time out; it would " + ALLOW));
        }
        if (router.access().syslog().isEmpty()) {
            caveats.add(new Caveat(
                    Kind.NO_CANARY,
                    "nobody listens to the router's filter log: let it send it here (Status > System Logs > Settings,"
                            + " Remote Logging, Firewall Events) and name the address with syslog:"));
        } else {
            caveats.add(new Caveat(
                    Kind.LOSSES_NOT_COUNTED, "lines of the filter log that get lost on the way are not counted"));
        }
        return caveats;
    }

    /** Of a rule set that cannot be read it is not known what becomes of an address that was never seen. */
    private List<Caveat> ipv6() {
        return home.devices().stream()
                .filter(Device::restricted)
                .filter(device -> home.network(device.network())
                        .filter(network -> !network.refusesIpv6())
                        .filter(PfSenseCaveats::hasIpv6)
                        .isPresent())
                .map(device -> new Caveat(
                        Kind.IPV6_UNKNOWN,
                        "over IPv6 " + device.name() + " may take addresses that no rule of ours has; refuse-ipv6: true"
                                + " for its network closes that",
                        Optional.of(device.name())))
                .toList();
    }

    private static boolean hasIpv6(Network network) {
        return network.prefixes().stream().anyMatch(prefix -> prefix.family() == Family.IPV6);
    }

    private String byAddress() {
        List<String> open = home.inside().stream()
                .filter(network -> !network.refusesIpv6())
                .map(Network::name)
                .toList();
        return "pfSense knows devices by address, not by MAC"
                + (open.isEmpty()
                        ? ""
                        : "; over IPv6 a device makes its own addresses, which refuse-ipv6: true for the network would"
                                + " close (now open: " + String.join(", ", open) + ")");
    }
}
