package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.util.List;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.VerdictJson;
import org.funkstille.guard.Windows;
import org.funkstille.journal.WindowRecord;

/** What programs read. The names of members are a contract. */
final class Documents {

    private Documents() {}

    static JsonObject plan(Plan plan, Observation observation) {
        JsonArray changes = JsonArray.create();
        plan.changes().forEach(change -> changes.add(change(change)));
        return JsonObject.create().add("changes", changes).add("notes", notes(observation));
    }

    static JsonArray notes(Observation observation) {
        JsonArray notes = JsonArray.create();
        observation.caveats().stream().map(Caveat::text).forEach(notes::add);
        return notes;
    }

    /** {@code {"change","device","text"}}; no device where it is about all of them. */
    static JsonObject change(Change change) {
        JsonObject json = JsonObject.create();
        switch (change) {
            case Change.LayRules lay -> json.add("change", "lay-rules");
            case Change.SetRules set ->
                json.add("change", "set-rules").add("device", set.rules().device());
            case Change.RemoveRules remove ->
                json.add("change", "remove-rules").add("device", remove.rules().device());
            case Change.CutFlows cut -> json.add("change", "cut-flows").add("device", cut.device());
            case Change.SaveRules save -> json.add("change", "save-rules");
            case Change.Reserve reserve ->
                json.add("change", "reserve")
                        .add("device", reserve.reservation().device());
            case Change.Unreserve unreserve ->
                json.add("change", "unreserve")
                        .add("device", unreserve.reservation().device());
            case Change.CloseWindow close -> json.add("change", "close-window").add("device", close.device());
        }
        return json.add("text", change.describe());
    }

    static JsonArray verdicts(List<Verdict> verdicts) {
        JsonArray array = JsonArray.create();
        verdicts.forEach(verdict -> array.add(VerdictJson.of(verdict)));
        return array;
    }

    static JsonObject attempt(Attempt attempt) {
        JsonObject json = JsonObject.create().add("at", attempt.at().toString()).add("device", attempt.device());
        endpoint(json, attempt.destination());
        attempt.name().ifPresent(name -> json.add("name", name));
        return json.add("packets", attempt.packets());
    }

    static void endpoint(JsonObject json, Endpoint endpoint) {
        json.add("family", endpoint.family().word())
                .add("address", Addresses.text(endpoint.address()))
                .add("protocol", endpoint.protocol().toString());
        if (endpoint.protocol().hasPorts()) {
            json.add("port", endpoint.port());
        }
    }

    static JsonObject flow(Flow flow) {
        JsonObject json = JsonObject.create().add("began", flow.began().toString());
        flow.ended().ifPresent(ended -> json.add("ended", ended.toString()));
        endpoint(json, flow.destination());
        flow.name().ifPresent(name -> json.add("name", name));
        return json.add("packetsOut", flow.traffic().packetsOut())
                .add("bytesOut", flow.traffic().bytesOut())
                .add("packetsIn", flow.traffic().packetsIn())
                .add("bytesIn", flow.traffic().bytesIn());
    }

    static JsonObject window(WindowRecord record) {
        JsonObject json = JsonObject.create()
                .add("id", record.id())
                .add("device", record.device())
                .add("opened", record.opened().toString())
                .add("until", record.until().toString())
                .add("reason", record.reason());
        record.closed().ifPresent(closed -> json.add("closed", closed.toString()));
        record.closedBy().ifPresent(by -> json.add("closedBy", by));
        return json;
    }

    static JsonObject report(Windows.Report report) {
        JsonArray flows = JsonArray.create();
        report.flows().forEach(flow -> flows.add(flow(flow)));
        JsonArray refused = JsonArray.create();
        report.refused().forEach(total -> {
            JsonObject one = JsonObject.create();
            total.destination().ifPresent(destination -> endpoint(one, destination));
            total.name().ifPresent(name -> one.add("name", name));
            refused.add(one.add("packets", total.packets()));
        });
        return window(report.window()).add("flows", flows).add("refused", refused);
    }
}
