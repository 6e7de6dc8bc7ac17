package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.lab.facade.pf.Pf;

/** The addresses of the API that are about the packet filter itself: its tables, states and log, and the shell. */
record PacketFilterMap(ApiMap map, Pf pf, CommandPrompt prompt) {

    void add() {
        map.add("diagnostics/tables", "GET", call -> {
            List<Json.Fields> tables = new ArrayList<>();
            pf.tables().names().forEach(name -> tables.add(table(name)));
            return Json.of(new ArrayList<Json>(new Query(call.parameters()).of(tables)));
        });
        map.add(
                "diagnostics/table",
                "GET",
                call -> table(call.parameters().get("id").plain()));
        map.add("diagnostics/table", "DELETE", call -> {
            Json.Fields table = table(call.parameters().get("id").plain());
            if (!call.pretended()) {
                Attempt.to(() -> pf.tables().replace(table.get("name").plain(), List.of()));
            }
            return table;
        });
        states(new StateList(pf));
        map.add("diagnostics/command_prompt", "POST", call -> {
            if (!call.parameters().has("command")) {
                throw ApiError.invalid("FIELD_IS_REQUIRED", "Field `command` is required.");
            }
            if (call.pretended()) {
                return Json.fields("output", "", "result_code", 0);
            }
            CommandPrompt.Result result =
                    Attempt.of(() -> prompt.run(call.parameters().get("command").plain()));
            return Json.fields("output", result.output(), "result_code", result.exit());
        });
        map.add("status/logs/firewall", "GET", call -> {
            List<Json.Fields> lines = new ArrayList<>();
            pf.log().lines().forEach(line -> lines.add(Json.fields("id", lines.size(), "text", line)));
            return Json.of(new ArrayList<Json>(new Query(call.parameters()).of(lines)));
        });
    }

    private Json.Fields table(String name) {
        List<String> entries = pf
                .tables()
                .entries(name)
                .orElseThrow(() -> ApiError.notFound("Object with ID `" + name + "` does not exist."))
                .stream()
                .map(Object::toString)
                .toList();
        return Json.fields("id", name, "name", name, "entries", Json.texts(entries));
    }

    private void states(StateList states) {
        map.add("firewall/states", "GET", call -> Json.of(queried(states, call)));
        map.add("firewall/states", "DELETE", call -> {
            List<Json> gone = queried(states, call);
            if (!new Query(call.parameters()).isSelective()) {
                throw ApiError.invalid(
                        "ENDPOINT_DELETE_MANY_REQUIRES_QUERY_PARAMS",
                        "DELETE requests to `many` endpoints must contain at least one query parameter.");
            }
            gone.forEach(state -> kill(states, call, (Json.Fields) state));
            return Json.of(gone);
        });
        map.add("firewall/state", "GET", call -> state(states, call));
        map.add("firewall/state", "DELETE", call -> {
            Json.Fields state = state(states, call);
            kill(states, call, state);
            return state;
        });
        map.add("firewall/states/size", "GET", _ -> {
            int size = Attempt.of(states::all).size();
            return Json.fields("maximumstates", Json.none(), "defaultmaximumstates", 25600, "currentstates", size);
        });
    }

    private static List<Json> queried(StateList states, Call call) {
        return new ArrayList<>(new Query(call.parameters()).of(Attempt.of(states::all)));
    }

    private static Json.Fields state(StateList states, Call call) {
        List<Json.Fields> all = Attempt.of(states::all);
        long id = call.id();
        if (id < 0 || id >= all.size()) {
            throw ApiError.notFound("Object with ID `" + id + "` does not exist.");
        }
        return all.get((int) id);
    }

    private static void kill(StateList states, Call call, Json.Fields state) {
        if (!call.pretended()) {
            Attempt.to(() -> states.kill(state));
        }
    }
}
