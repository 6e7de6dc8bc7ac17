package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.pf.Pf;
import org.funkstille.lab.facade.pf.PfPrinting;
import org.funkstille.lab.facade.pf.PfRule;
import org.funkstille.lab.facade.pf.PfState;

/** {@code firewall/states}: RESTAPI/Models/FirewallState.inc. */
record StateList(Pf pf) {

    /** Their ids are their places in the list of this moment. */
    List<Json.Fields> all() throws IOException, InterruptedException {
        List<Json.Fields> result = new ArrayList<>();
        for (PfState state : pf.states().list()) {
            result.add(shown(result.size(), state));
        }
        return result;
    }

    private static Json.Fields shown(int id, PfState state) {
        boolean out = state.direction() == PfRule.Direction.OUT;
        String ends = out
                ? state.sourceState() + ":" + state.destinationState()
                : state.destinationState() + ":" + state.sourceState();
        PfState.Traffic in = out ? state.received() : state.sent();
        PfState.Traffic leaving = out ? state.sent() : state.received();
        return Json.fields(
                "id", id,
                "interface", state.iface(),
                "protocol", state.protocol(),
                "direction", out ? "out" : "in",
                "source", PfPrinting.endpoint(state.source()),
                "destination", PfPrinting.endpoint(state.destination()),
                "state", ends,
                "age", time(state.age()),
                "expires_in", time(state.expires()),
                "packets_total", in.packets() + leaving.packets(),
                "packets_in", in.packets(),
                "packets_out", leaving.packets(),
                "bytes_total", in.bytes() + leaving.bytes(),
                "bytes_in", in.bytes(),
                "bytes_out", leaving.bytes());
    }

    private static String time(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return "%02d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    /**
     * Kills every state between the two addresses. The package cuts both at their first colon, so what remains of an
     * IPv6 address is no address, and nothing happens.
     */
    void kill(Json.Fields shown) throws IOException, InterruptedException {
        Optional<String> source = address(shown.get("source").plain());
        Optional<String> destination = address(shown.get("destination").plain());
        if (source.isPresent() && destination.isPresent()) {
            pf.states()
                    .kill(state -> Addresses.text(state.source().getAddress()).equals(source.get())
                            && Addresses.text(state.destination().getAddress()).equals(destination.get()));
        }
    }

    private static Optional<String> address(String endpoint) {
        int colon = endpoint.indexOf(':');
        String cut = colon < 0 ? endpoint : endpoint.substring(0, colon);
        return Addresses.tryParse(cut).map(Addresses::text);
    }
}
