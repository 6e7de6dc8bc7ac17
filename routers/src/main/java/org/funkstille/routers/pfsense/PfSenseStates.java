package org.funkstille.routers.pfsense;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.PfState;

/** The table of states, by {@code firewall/states}. May be used by several threads. */
final class PfSenseStates {

    private final PfSenseApi api;
    private final Home home;
    private final Optional<CommandPrompt> prompt;

    PfSenseStates(PfSenseApi api, Home home, Optional<CommandPrompt> prompt) {
        this.api = api;
        this.home = home;
        this.prompt = prompt;
    }

    /** What came in to the router from addresses of the house. */
    List<PfState> fromTheHouse() throws RouterException {
        List<PfState> states = new ArrayList<>();
        for (Item item : api.list("firewall/states", Map.of("limit", "0", "direction", "in"))) {
            state(item)
                    .filter(PfState::incoming)
                    .filter(state -> home.inside().stream()
                                    .anyMatch(network ->
                                            network.contains(state.source().address()))
                            || Family.of(state.source().address()) == Family.IPV6)
                    .ifPresent(states::add);
        }
        return states;
    }

    List<EvidenceAccess.TrackedFlow> tracked() throws RouterException {
        return fromTheHouse().stream().map(PfState::tracked).distinct().toList();
    }

    static Optional<PfState> state(Item item) {
        Optional<PfState.Host> source = PfState.Host.tryParse(withoutTranslated(item.textOr("source", "")));
        Optional<PfState.Host> destination = PfState.Host.tryParse(withoutTranslated(item.textOr("destination", "")));
        Optional<Protocol> protocol = PfState.protocol(item.textOr("protocol", ""));
        if (source.isEmpty() || destination.isEmpty() || protocol.isEmpty()) {
            return Optional.empty();
        }
        // Of a state that came in, what came in is what its sender sent.
        Traffic traffic = new Traffic(
                item.number("packets_in"),
                item.number("bytes_in"),
                item.number("packets_out"),
                item.number("bytes_out"));
        return Optional.of(new PfState(
                item.textOr("interface", ""),
                item.textOr("direction", "").equals("in"),
                source.get(),
                protocol.get(),
                destination.get(),
                item.textOr("state", ""),
                PfState.age(item.textOr("age", "")),
                traffic));
    }

    /** {@code 203.0.113.2:80 (192.168.1.50:80)}: the first is how it looks on the wire there. */
    private static String withoutTranslated(String text) {
        int bracket = text.indexOf(" (");
        return bracket < 0 ? text : text.substring(0, bracket);
    }

    /**
     * IPv4 by the API, of which one deletion ends all states between the two ends; IPv6 only by pfctl, since the API takes
     * an address up to its first colon.
     */
    int cut(Set<InetAddress> addresses) throws RouterException {
        int cut = 0;
        for (InetAddress address : addresses) {
            if (Family.of(address) == Family.IPV4) {
                String text = Addresses.text(address);
                // With the colon: 192.168.1.5 is also how 192.168.1.50 begins.
                cut += api.delete("firewall/states", Map.of("source__startswith", text + ":"))
                        .size();
                cut += api.delete("firewall/states", Map.of("source", text)).size();
            } else if (prompt.isPresent()) {
                cut += prompt.get().kill(address);
            }
        }
        return cut;
    }
}
