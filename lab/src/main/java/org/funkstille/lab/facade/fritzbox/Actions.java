package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.lab.facade.fritzbox.tr064.Scpd;
import org.funkstille.lab.facade.fritzbox.tr064.SoapFault;
import org.funkstille.lab.facade.fritzbox.tr064.SoapRequest;
import org.funkstille.lab.facade.http.WebRequest;

/** The actions of one service that the simulated box plays. */
final class Actions {

    private final Scpd scpd;
    private final Map<String, Played> played = new HashMap<>();

    /**
     * A call whose arguments were checked.
     *
     * @param request as it came
     */
    record Call(SoapRequest soap, WebRequest request) {

        String argument(String name) {
            return soap.arguments().getOrDefault(name, "").strip();
        }

        boolean flag(String name) throws SoapFault {
            return switch (argument(name)) {
                case "0" -> false;
                case "1" -> true;
                default -> throw SoapFault.invalidValue();
            };
        }
    }

    /** What an action does; it gives the values of the arguments that come back. */
    @FunctionalInterface
    interface Action {
        Map<String, String> run(Call call) throws SoapFault, IOException, InterruptedException;
    }

    private record Played(Needed needed, Action action) {}

    Actions(Scpd scpd) {
        this.scpd = scpd;
    }

    Actions add(String name, Needed needed, Action action) {
        if (scpd.signature(name).isEmpty()) {
            throw new IllegalArgumentException("not in the service's description: " + name);
        }
        played.put(name, new Played(needed, action));
        return this;
    }

    Scpd scpd() {
        return scpd;
    }

    /** Who may call it; actions that are described but not played need what their neighbours need. */
    Optional<Needed> needed(String action) {
        Played known = played.get(action);
        return known == null ? scpd.signature(action).map(_ -> Needed.SETTINGS) : Optional.of(known.needed);
    }

    /** @return the results in the order of the description */
    Map<String, String> run(Call call) throws SoapFault, IOException, InterruptedException {
        SoapRequest soap = call.soap();
        Scpd.Signature signature = scpd.signature(soap.action()).orElseThrow(SoapFault::invalidAction);
        if (!soap.arguments().keySet().equals(Set.copyOf(signature.in()))) {
            throw SoapFault.invalidArguments();
        }
        Played known = played.get(soap.action());
        if (known == null) {
            throw SoapFault.actionFailed(); // described, but nothing that this simulation needs
        }
        Map<String, String> results = known.action.run(call);
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String name : signature.out()) {
            String value = results.get(name);
            if (value == null) {
                throw new IllegalStateException(soap.action() + " gave no " + name);
            }
            ordered.put(name, value);
        }
        return ordered;
    }
}
