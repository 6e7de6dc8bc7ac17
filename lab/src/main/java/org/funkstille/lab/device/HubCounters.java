package org.funkstille.lab.device;

import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what the hub hears. */
final class HubCounters {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private final Map<String, Long> bySid = new TreeMap<>();
    private long reports;
    private long heartbeats;
    private long asked;
    private long answers;
    private @Nullable InetSocketAddress lastSource;

    synchronized void heard(InetSocketAddress sender, String message) {
        JsonObject json;
        try {
            json = JSON.fromJsonObject(message);
        } catch (RuntimeException malformed) {
            return;
        }
        switch (json.extract("cmd", "")) {
            case "report" -> reports++;
            case "heartbeat" -> heartbeats++;
            default -> {
                return;
            }
        }
        lastSource = sender;
        bySid.merge(json.extract("sid", "?"), 1L, Long::sum);
    }

    synchronized void asked() {
        asked++;
    }

    synchronized void answered() {
        answers++;
    }

    synchronized HubReports snapshot() {
        return new HubReports(reports, heartbeats, bySid, asked, answers, Optional.ofNullable(lastSource));
    }
}
