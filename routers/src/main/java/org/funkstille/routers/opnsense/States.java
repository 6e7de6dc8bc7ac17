package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNumber;
import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.OpenFlow;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.PfState;

/**
 * pf's table of states, by {@code diagnostics/firewall/query_states}.
 *
 * <p>All of it is asked for at once: a search for an address finds no IPv6 one, since the router takes the colons out of
 * what it is given (opnsense/core, SanitizeFilter). For the same reason {@code kill_states} ends no IPv6 state, and for
 * IPv4 it ends also those that others began towards the address; so each state is ended by its own id, whatever the
 * family. Never by label: after rules were loaded anew, older states name none.
 */
final class States {

    /** What the router takes for "all" where no number is given. */
    private static final int PAGE = 9999;

    /** While we end some, others may begin, until rules are in force everywhere. */
    private static final int ROUNDS = 3;

    private final OpnSenseApi api;

    /** True of addresses in the house and of the router itself. */
    private final Predicate<InetAddress> inside;

    States(OpnSenseApi api, Predicate<InetAddress> inside) {
        this.api = api;
        this.inside = inside;
    }

    /**
     * One state.
     *
     * @param origin where the flow's first packet came from, before translation
     * @param target where it went, before translation
     */
    record State(
            String id,
            boolean incoming,
            PfState.Host origin,
            PfState.Host target,
            Protocol protocol,
            Duration age,
            Traffic traffic) {

        OpenFlow flow() {
            return new OpenFlow(origin.address(), protocol.hasPorts() ? origin.port() : 0, endpoint());
        }

        private Endpoint endpoint() {
            return new Endpoint(target.address(), protocol, protocol.hasPorts() ? target.port() : 0);
        }
    }

    List<State> read() throws RouterException {
        List<State> states = new ArrayList<>();
        for (int page = 1; ; page++) {
            JsonNode answer = api.post(
                    "diagnostics/firewall/query_states",
                    JsonObject.create()
                            .add("current", page)
                            .add("rowCount", PAGE)
                            .add("searchPhrase", ""));
            List<JsonObject> rows = Json.objects(answer, "rows");
            rows.forEach(row -> state(row).ifPresent(states::add));
            if (rows.size() < PAGE) {
                return states;
            }
        }
    }

    /** The flows that these addresses began, each once: a flow through the router has a state where it comes in and one where it leaves. */
    List<OpenFlow> open(Set<InetAddress> addresses) throws RouterException {
        if (addresses.isEmpty()) {
            return List.of();
        }
        Set<OpenFlow> flows = new LinkedHashSet<>();
        for (State state : read()) {
            if (addresses.contains(state.origin().address())) {
                flows.add(state.flow());
            }
        }
        return List.copyOf(flows);
    }

    /** The flows that came in and that one of these began; a state alone on its way out belongs to one that came in. */
    List<EvidenceAccess.TrackedFlow> tracked(Predicate<InetAddress> ours) throws RouterException {
        List<EvidenceAccess.TrackedFlow> flows = new ArrayList<>();
        for (State state : read()) {
            if (state.incoming() && ours.test(state.origin().address())) {
                OpenFlow flow = state.flow();
                flows.add(new EvidenceAccess.TrackedFlow(
                        new FlowKey(number(state.id()), flow.source(), flow.sourcePort(), flow.destination()),
                        state.traffic(),
                        state.age()));
            }
        }
        return flows;
    }

    /** {@code 6a5b1c2d00000001/0000abcd}: the first is unique on one machine. */
    private static long number(String id) {
        String hex = id.replaceFirst("/.*", "");
        return hex.matches("[0-9a-fA-F]{1,16}") ? Long.parseUnsignedLong(hex, 16) : id.hashCode();
    }

    /** @return how many flows were ended */
    int cut(Set<InetAddress> addresses) throws RouterException {
        Set<OpenFlow> ended = new LinkedHashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<State> left =
                    read().stream().filter(state -> isOf(state, addresses)).toList();
            if (left.isEmpty()) {
                return ended.size();
            }
            for (State state : left) {
                // Both parts are hexadecimal numbers; a path of any other form would go elsewhere.
                if (state.id().matches("[0-9a-fA-F]+/[0-9a-fA-F]+")) {
                    JsonNode ignored = api.post("diagnostics/firewall/del_state/" + state.id(), JsonObject.create());
                    ended.add(state.flow());
                }
            }
        }
        List<OpenFlow> stubborn = open(addresses);
        if (!stubborn.isEmpty()) {
            throw new RouterException.ReadBackDiffers(
                    List.of(stubborn.size() + " flows are still in the router's table, the first to "
                            + stubborn.getFirst().destination()));
        }
        return ended.size();
    }

    /**
     * A flow that such an address began, in either of its states. Also what the router let out towards it from outside:
     * where only the first state was ended, an answer passes the rule "let out anything from firewall host itself", which
     * makes a state by which the device could go on.
     */
    private boolean isOf(State state, Set<InetAddress> addresses) {
        return addresses.contains(state.origin().address())
                || (!state.incoming()
                        && addresses.contains(state.target().address())
                        && !inside.test(state.origin().address()));
    }

    static Optional<State> state(JsonObject row) {
        boolean incoming = Json.text(row, "direction").equals("in");
        Optional<PfState.Host> source = host(row, "src");
        Optional<PfState.Host> destination = host(row, "dst");
        Optional<Protocol> protocol = PfState.protocol(Json.text(row, "proto"));
        if (source.isEmpty() || destination.isEmpty() || protocol.isEmpty()) {
            return Optional.empty();
        }
        // On its way out the source was translated, on its way in the destination: "nat" is what it was before.
        Optional<PfState.Host> before = host(row, "nat");
        PfState.Host origin = incoming ? source.get() : before.orElse(source.get());
        PfState.Host target = incoming ? before.orElse(destination.get()) : destination.get();
        return Optional.of(new State(
                Json.text(row, "id"),
                incoming,
                origin,
                target,
                protocol.get(),
                PfState.age(Json.text(row, "age")),
                traffic(row)));
    }

    private static Optional<PfState.Host> host(JsonObject row, String side) {
        String address = Json.text(row, side + "_addr").replaceFirst("%.*", "");
        int port = (int) Json.number(row, side + "_port").orElse(0);
        return Addresses.tryParse(address).map(found -> new PfState.Host(found, Math.clamp(port, 0, 65535)));
    }

    /** pf counts the direction of the first packet first. */
    private static Traffic traffic(JsonObject row) {
        List<Long> packets = numbers(row, "pkts");
        List<Long> bytes = numbers(row, "bytes");
        return new Traffic(packets.get(0), bytes.get(0), packets.get(1), bytes.get(1));
    }

    private static List<Long> numbers(JsonObject row, String name) {
        List<Long> numbers = new ArrayList<>();
        if (row.elements().get(name) instanceof JsonArray array) {
            for (JsonNode one : array.elements()) {
                numbers.add(one instanceof JsonNumber number ? number.longValue() : 0L);
            }
        }
        while (numbers.size() < 2) {
            numbers.add(0L);
        }
        return numbers;
    }
}
