package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.facade.pf.PfRule;
import org.funkstille.lab.facade.pf.PfState;

/**
 * States under {@code /api/diagnostics/firewall} (opnsense/core, Diagnostics/Api/FirewallController.php, SanitizeFilter.php,
 * scripts/filter/lib/states.py; source and destination by who began, as of pull request 5377).
 */
final class StateApi {

    private final Box box;

    StateApi(Box box) {
        this.box = box;
    }

    void routes(Routes routes) {
        routes.put("diagnostics/firewall/query_states", this::query);
        routes.put("diagnostics/firewall/kill_states", this::kill);
        routes.put("diagnostics/firewall/del_state", this::delete);
        routes.put("diagnostics/firewall/flush_states", this::flush);
        routes.put("diagnostics/firewall/pf_states", _ -> count());
    }

    /** What {@code filter_query} leaves of a text: no colon, slash or bracket, so no IPv6 address and no prefix. */
    private static String queryWords(Call call, String name) {
        return call.value(name).orElse("").replaceAll("[^0-9,a-zA-Z *\\-_.#]", "");
    }

    /** What {@code filter_hexval} leaves: no dash, so no uuid. */
    private static String hexadecimal(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "");
    }

    private Object query(Call call) throws IOException, InterruptedException {
        if (!call.isPost()) {
            return Json.object("rows", List.of(), "rowCount", 0, "total", 0, "current", 0);
        }
        List<Map<String, Object>> found =
                new ArrayList<>(found(queryWords(call, "ruleid"), queryWords(call, "searchPhrase"))
                        .values());
        int size = Search.number(call, "rowCount", 9999);
        int page = Search.number(call, "current", 1);
        List<Map<String, Object>> rows = found.stream()
                .skip(Math.max(0, (long) (page - 1) * size))
                .limit(size < 0 ? Long.MAX_VALUE : size)
                .toList();
        rows.forEach(row -> row.put("interface", BoxInterface.nameOf(String.valueOf(row.get("iface")))));
        return Json.object("rows", rows, "rowCount", rows.size(), "total", found.size(), "current", page);
    }

    private Map<Long, Map<String, Object>> found(String label, String words) throws IOException, InterruptedException {
        Map<String, String> descriptions = new HashMap<>();
        box.generatedRules().forEach(rule -> descriptions.put(rule.label(), rule.description()));
        Map<Long, Map<String, Object>> found = new LinkedHashMap<>();
        for (PfState state : box.pf().states().list()) {
            Map<String, Object> row = row(state, descriptions);
            boolean labelled = String.valueOf(row.get("label")).contains(label.toLowerCase(Locale.ROOT));
            if (labelled && matches(state, row, words)) {
                found.put(state.id(), row);
            }
        }
        return found;
    }

    /** An address or a prefix is compared with the ends of a flow, other words with all that is shown of it. */
    private static boolean matches(PfState state, Map<String, Object> row, String words) {
        Optional<Prefix> network = Optional.of(words.strip())
                .filter(text -> !text.isEmpty())
                .flatMap(text ->
                        Prefix.tryParse(text).or(() -> Addresses.tryParse(text).map(StateApi::host)));
        if (network.isEmpty()) {
            String line = row.values().stream().map(String::valueOf).collect(Collectors.joining(" "));
            return line.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
        }
        List<InetSocketAddress> ends = new ArrayList<>(List.of(state.source(), state.destination()));
        state.original().ifPresent(ends::add);
        return ends.stream()
                .map(InetSocketAddress::getAddress)
                .anyMatch(address -> Family.of(address) == network.get().family()
                        && network.get().contains(address));
    }

    private static Prefix host(InetAddress address) {
        return new Prefix(address, address.getAddress().length * 8);
    }

    private static Map<String, Object> row(PfState state, Map<String, String> descriptions) {
        Optional<String> label = state.rule()
                .flatMap(rule -> rule.rule().options().labels().stream().findFirst());
        boolean out = state.direction() == PfRule.Direction.OUT;
        Map<String, Object> row = Json.object();
        row.put("label", label.orElse(""));
        row.put(
                "descr",
                label.map(known -> descriptions.getOrDefault(known, "")).orElse(""));
        row.put(
                "nat_addr",
                state.original().map(original -> (Object) text(original)).orElse(Json.NULL));
        row.put(
                "nat_port",
                state.original()
                        .map(original -> (Object) Integer.toString(original.getPort()))
                        .orElse(Json.NULL));
        row.put("iface", state.iface());
        row.put("proto", state.protocol());
        row.put("ipproto", Family.of(state.source().getAddress()) == Family.IPV4 ? "ipv4" : "ipv6");
        row.put("direction", out ? "out" : "in");
        row.put("src_addr", text(state.source()));
        row.put("src_port", Integer.toString(state.source().getPort()));
        row.put("dst_addr", text(state.destination()));
        row.put("dst_port", Integer.toString(state.destination().getPort()));
        row.put(
                "state",
                out
                        ? state.sourceState() + ":" + state.destinationState()
                        : state.destinationState() + ":" + state.sourceState());
        row.put("age", time(state.age()));
        row.put("expires", time(state.expires()));
        row.put("pkts", List.of(state.sent().packets(), state.received().packets()));
        row.put("bytes", List.of(state.sent().bytes(), state.received().bytes()));
        state.rule().ifPresent(rule -> row.put("rule", Integer.toString(rule.number())));
        row.put("id", state.idText() + "/" + PfState.CREATOR);
        return row;
    }

    private static String text(InetSocketAddress end) {
        return Addresses.text(end.getAddress());
    }

    private static String time(long seconds) {
        return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private Object kill(Call call) throws IOException, InterruptedException {
        boolean given = call.isPost()
                && (call.value("filter").filter(text -> !text.isEmpty()).isPresent()
                        || call.value("ruleid").filter(text -> !text.isEmpty()).isPresent());
        String words = queryWords(call, "filter");
        String label = hexadecimal(call.value("ruleid").orElse(""));
        if (!given || (words.isEmpty() && label.isEmpty())) {
            return Json.object("result", "failed");
        }
        Set<Long> ids = found(label, words).keySet();
        kill(ids);
        return Json.object("result", "ok", "dropped_states", ids.size());
    }

    private void kill(Set<Long> ids) throws IOException, InterruptedException {
        if (!ids.isEmpty() && !box.isPretending()) {
            box.pf().states().kill(state -> ids.contains(state.id()));
        }
    }

    private Object delete(Call call) throws IOException, InterruptedException {
        if (!call.isPost() || call.parameters().size() < 2) {
            return Json.object("result", "");
        }
        String id = hexadecimal(call.parameters().get(0));
        boolean mine = hexadecimal(call.parameters().get(1)).equals(PfState.CREATOR);
        Set<Long> ids = box.pf().states().list().stream()
                .filter(state -> mine && state.idText().equals(id))
                .map(PfState::id)
                .collect(Collectors.toSet());
        kill(ids);
        return Json.object("result", "killed %d states\n".formatted(ids.size()));
    }

    private Object flush(Call call) throws IOException, InterruptedException {
        if (!call.isPost()) {
            return Json.object("result", "failed");
        }
        if (!box.isPretending()) {
            box.pf().states().flush();
        }
        return Json.object("result", "ok");
    }

    private Object count() throws IOException, InterruptedException {
        int now = box.pf().states().list().size();
        return Json.object("current", Integer.toString(now), "limit", "811000");
    }
}
