package org.funkstille.lab;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.device.CallCount;
import org.funkstille.lab.device.HubReports;
import org.funkstille.lab.device.Station;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.LabName;

/** What a daemon tells others about its lab, by a file that is written anew every second. */
final class LabState {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private final Lab lab;
    private final Instant since = Instant.now();

    LabState(Lab lab) {
        this.lab = lab;
    }

    /** The last state that was written; nothing before the lab was ready. */
    static Optional<JsonObject> read(LabName lab) throws IOException {
        try {
            return Optional.of(JSON.fromJsonObject(Files.readString(file(lab))));
        } catch (NoSuchFileException notReady) {
            return Optional.empty();
        }
    }

    void write() throws IOException, InterruptedException {
        Path draft = lab.directory().resolve("state.json.new");
        Files.writeString(draft, JSON.toJson(current()) + "\n");
        Files.move(draft, file(lab.name()), StandardCopyOption.ATOMIC_MOVE); // a reader never sees half of it
    }

    private static Path file(LabName lab) {
        return lab.directory().resolve("state.json");
    }

    private JsonObject current() throws IOException, InterruptedException {
        JsonObject hosts = JsonObject.create();
        for (HostName host : HostName.visible()) {
            hosts.add(
                    host.text(), JsonObject.create().add("namespace", lab.name().namespaceName(host)));
        }
        for (Station station : lab.stations()) {
            hosts.add(station.host().name().text(), describe(station));
        }
        return JsonObject.create()
                .add("lab", lab.name().text())
                .add("since", since.toString())
                .add("written", Instant.now().toString())
                .add("home", lab.directory().resolve("funkstille.yaml").toString())
                .add("routerRoot", lab.router().root().toString())
                .add("hosts", hosts)
                .add("gatewayCalls", describe(lab.gateway().calls()))
                .add("vacuumCalls", describe(lab.vacuum().calls()))
                .add("hub", describe(lab.hub().reports()))
                .add("arrivals", arrivals());
    }

    private JsonObject describe(Station station) throws IOException, InterruptedException {
        JsonArray addresses = JsonArray.create();
        station.address().map(Addresses::text).ifPresent(addresses::add);
        station.addresses6().forEach(address -> addresses.add(Addresses.text(address)));
        return JsonObject.create()
                .add("namespace", lab.name().namespaceName(station.host().name()))
                .add("mac", station.mac().toString())
                .add("addresses", addresses);
    }

    private static JsonObject describe(CallCount calls) {
        return JsonObject.create().add("attempts", calls.attempts()).add("answers", calls.answers());
    }

    private static JsonObject describe(HubReports reports) {
        return JsonObject.create()
                .add("reports", reports.reports())
                .add("heartbeats", reports.heartbeats())
                .add("asked", reports.asked())
                .add("answers", reports.answers());
    }

    private JsonArray arrivals() throws IOException, InterruptedException {
        JsonArray arrivals = JsonArray.create();
        for (Arrival arrival : lab.cloud().arrivals()) {
            arrivals.add(JsonObject.create()
                    .add("source", Addresses.text(arrival.source()))
                    .add("destination", Addresses.text(arrival.destination().address()))
                    .add("protocol", arrival.destination().protocol().toString())
                    .add("port", arrival.destination().port())
                    .add("packets", arrival.packets())
                    .add("bytes", arrival.bytes())
                    .add("last", arrival.last().toString()));
        }
        return arrivals;
    }
}
