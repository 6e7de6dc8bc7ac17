package org.funkstille.lab.facade.fritzbox;

import io.avaje.json.JsonException;
import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;

/**
 * The REST interface of FRITZ!OS 8, as far as github.com/jvejmelka/fritzbox-static-lease found it on a 7520 with 8.25: a
 * change is answered with {@code 200 {}} whether it was taken or not, a wrong path with code 3002.
 */
final class LandeviceApi {

    static final String PREFIX = "/api/v0/";

    private static final String NODE = PREFIX + "generic/landevice/landevice/";
    private static final String SCHEME = "AVM-SID ";
    private static final List<String> FIELDS = List.of("name", "ip", "mac", "UID", "static_dhcp");

    private final Box box;
    private final DeviceChanges changes;

    LandeviceApi(Box box, DeviceChanges changes) {
        this.box = box;
        this.changes = changes;
    }

    /** The session id that a request shows. */
    static Optional<String> sid(WebRequest request) {
        return request.header("Authorization")
                .filter(header -> header.startsWith(SCHEME))
                .map(header -> header.substring(SCHEME.length()).strip());
    }

    WebAnswer answer(WebRequest request) throws IOException, InterruptedException {
        if (request.path().equals(PREFIX + "generic/landevice")
                && request.method().equals("GET")) {
            JsonArray all = JsonArray.create();
            for (LanDevice device : box.devices().all()) {
                all.add(json(device, FIELDS));
            }
            return WebAnswer.json(200, DataPages.JSON.toJson(JsonObject.create().add("landevice", all)));
        }
        Optional<LanDevice> device = request.path().startsWith(NODE)
                ? box.devices().byUid(request.path().substring(NODE.length()))
                : Optional.empty();
        if (device.isEmpty()) {
            return WebAnswer.json(400, "{\"message\":\"bad path\",\"code\":3002}");
        }
        return switch (request.method()) {
            case "GET" -> WebAnswer.json(200, DataPages.JSON.toJson(json(device.get(), FIELDS)));
            case "PUT" -> change(device.get(), request);
            default -> WebAnswer.of(405);
        };
    }

    private WebAnswer change(LanDevice device, WebRequest request) throws IOException, InterruptedException {
        JsonObject body;
        try {
            body = DataPages.JSON.fromJsonObject(request.body().text());
        } catch (JsonException notJson) {
            return WebAnswer.json(400, "{\"message\":\"bad value\",\"code\":3001}");
        }
        if (!box.secondFactor().enabled() && !box.faults().swallows(request) && body.containsKey("static_dhcp")) {
            boolean always = body.extract("static_dhcp", "0").equals("1");
            Optional<InetAddress> address = Addresses.tryParse(body.extract("ip", device.ipText()));
            changes.reserve(device, address.filter(_ -> always));
        }
        return WebAnswer.json(200, "{}");
    }

    private JsonObject json(LanDevice device, List<String> fields) {
        JsonObject json = JsonObject.create();
        fields.forEach(field -> json.add(field, value(device, field)));
        return json;
    }

    private String value(LanDevice device, String field) {
        return switch (field) {
            case "name" -> device.name();
            case "ip" -> device.ipText();
            case "mac" -> device.macText();
            case "UID" -> device.uid();
            case "static_dhcp" ->
                box.configuration().settings(device.mac()).reserved().isPresent() ? "1" : "0";
            default -> throw new IllegalArgumentException(field);
        };
    }

    /**
     * The page {@code query.lua}: {@code landevice:settings/landevice/list(name,mac)}. Where one field is not known, the
     * whole list is empty.
     */
    WebAnswer query(WebRequest request) throws IOException, InterruptedException {
        String head = "landevice:settings/landevice/list(";
        JsonObject answer = JsonObject.create();
        for (var entry : request.query().values().entrySet()) {
            String asked = entry.getValue().getFirst();
            if (asked.startsWith(head) && asked.endsWith(")")) {
                List<String> fields = Arrays.asList(
                        asked.substring(head.length(), asked.length() - 1).split(","));
                JsonArray list = JsonArray.create();
                for (LanDevice device :
                        FIELDS.containsAll(fields) ? box.devices().all() : List.<LanDevice>of()) {
                    list.add(json(device, fields));
                }
                answer.add(entry.getKey(), list);
            }
        }
        return WebAnswer.json(200, DataPages.JSON.toJson(answer));
    }
}
