package org.funkstille.routers.fritzbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Network;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.router.Caveat;
import org.funkstille.routers.ProbeResult;

/** What a FRITZ!Box cannot do or tell. */
final class Caveats {

    private Caveats() {}

    /**
     * @param probed what the probe found last
     * @param pinning why addresses cannot be pinned; absent where they can
     * @param lost a note of ours that was damaged, and what follows
     */
    static List<Caveat> of(
            Situation situation,
            boolean probing,
            Optional<ProbeResult> probed,
            Optional<String> pinning,
            Optional<String> lost) {
        List<Caveat> caveats = new ArrayList<>();
        caveats.add(new Caveat(Caveat.Kind.BY_ADDRESS, byAddress(situation, probing, probed, lost)));
        caveats.add(new Caveat(
                Caveat.Kind.NO_RULE_SET,
                "a FRITZ!Box shows nobody its packet filter, only whether a device is locked"));
        caveats.addAll(notSeen(situation));
        if (probed.filter(ProbeResult::awake).isEmpty()) {
            caveats.addAll(ipv6(situation));
        }
        caveats.add(new Caveat(Caveat.Kind.NO_COUNTERS, "a FRITZ!Box does not count what a lock refuses"));
        caveats.add(new Caveat(Caveat.Kind.NO_FLOWS, "a FRITZ!Box tells nobody which flows pass"));
        caveats.add(new Caveat(Caveat.Kind.NO_STATES, "a FRITZ!Box shows nobody its table of open flows"));
        caveats.add(new Caveat(
                Caveat.Kind.FLOWS_NOT_CUT,
                "flows cannot be ended on a FRITZ!Box. Whether those that are open when a device is locked live on, its"
                        + " vendor does not say; to be sure, switch the device off and on after it was locked"));
        if (!probing) {
            caveats.add(new Caveat(
                    Caveat.Kind.NO_CANARY,
                    "a FRITZ!Box does not tell of refusals, so all there is is its word; name a host for Funkstille to"
                            + " play (probe: in the router's configuration), to see whether a lock holds"));
        }
        pinning.ifPresent(why -> caveats.add(
                new Caveat(Caveat.Kind.NO_RESERVATIONS, why + byHand(situation).orElse(""))));
        return caveats;
    }

    private static List<Caveat> notSeen(Situation situation) {
        return situation.home().devices().stream()
                .filter(Device::restricted)
                .filter(device -> situation.hostsOf(device).isEmpty())
                .map(device -> new Caveat(
                        Caveat.Kind.NOT_HELD,
                        "the box has not seen " + device.name() + " yet and cannot lock what it has not seen; that"
                                + " happens when it comes, while the guard runs",
                        Optional.of(device.name())))
                .toList();
    }

    /** Only a host of our own that was held back over IPv6 shows that others are, too. */
    private static List<Caveat> ipv6(Situation situation) {
        return situation.home().devices().stream()
                .filter(Device::restricted)
                .filter(device -> situation
                        .home()
                        .network(device.network())
                        .filter(network ->
                                network.prefixes().stream().anyMatch(prefix -> prefix.family() == Family.IPV6))
                        .isPresent())
                .map(device -> new Caveat(
                        Caveat.Kind.IPV6_UNKNOWN,
                        "whether a lock covers the IPv6 of " + device.name()
                                + " is not documented, and no probe has shown it",
                        Optional.of(device.name())))
                .toList();
    }

    private static String byAddress(
            Situation situation, boolean probing, Optional<ProbeResult> probed, Optional<String> lost) {
        StringBuilder text = new StringBuilder("a FRITZ!Box locks the IPv4 address that a device holds; a device that"
                + " takes another one is open until Funkstille looks again");
        text.append(probed.map(found -> ". Whether the lock covers IPv6, only the probe tells: " + found.detail())
                .orElse(
                        probing
                                ? ""
                                : ". Whether the lock covers IPv6 is not documented, and nobody looks (no probe:)"));
        List<String> refusing = situation.home().networks().stream()
                .filter(Network::refusesIpv6)
                .map(Network::name)
                .toList();
        if (!refusing.isEmpty()) {
            text.append(". It cannot refuse IPv6 in a whole network, as refuse-ipv6 asks for ")
                    .append(String.join(", ", refusing));
        }
        lost.ifPresent(what -> text.append(". ").append(what));
        return text.toString();
    }

    /** The one step that is left to its owner. */
    private static Optional<String> byHand(Situation situation) {
        String steps = situation.home().devices().stream()
                .flatMap(device -> device.address().stream()
                        .map(address -> device.name() + " (" + device.macs().getFirst() + ") to "
                                + Addresses.text(address)
                                + (situation.hostsOf(device).stream()
                                                .anyMatch(host -> host.address().equals(address))
                                        ? ", which it holds now, pinned or not"
                                        : "")))
                .collect(Collectors.joining("; "));
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(". By hand: Home Network > Network > Network Connections, the pencil beside the device,"
                        + " tick \"Always assign this network device the same IPv4 address\" (\"Diesem Netzwerkgerät"
                        + " immer die gleiche IPv4-Adresse zuweisen\"), give the address, OK. Pin " + steps);
    }
}
