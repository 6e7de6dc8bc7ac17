package org.funkstille.lab.device;

import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.net.Mac;
import org.funkstille.lab.device.LumiSensors.Sensor;

/**
 * What the gateway says in its LAN protocol, first version: vendor LAN protocol V1.0.7 and the message templates among
 * the strings of firmware 1.4.1_156. The value of {@code data} is a string that contains JSON.
 */
final class LumiProtocol {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();
    private static final String TOKEN_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int TOKEN_LENGTH = 16;
    private static final String VERSION = "1.1.2";

    private final String sid;
    private final LumiSensors sensors = new LumiSensors();
    private final SecureRandom random = new SecureRandom();
    private volatile String token = newToken();

    /** @param mac of the gateway's card; its sid is the same digits */
    LumiProtocol(Mac mac) {
        this.sid = mac.toString().replace(":", "");
    }

    /** Says that the gateway is there, with a token that is new each time. {@code short_id} is a string only here. */
    String heartbeat(String address) {
        token = newToken();
        return JSON.toJson(JsonObject.create()
                .add("cmd", "heartbeat")
                .add("model", "gateway")
                .add("sid", sid)
                .add("short_id", "0")
                .add("token", token)
                .add("data", "{\"ip\":\"" + address + "\"}"));
    }

    /** The next sensor's news. */
    String report() {
        return state("report", sensors.next());
    }

    /** The answer to a datagram on the discovery port. A real gateway answers whatever it is asked there. */
    String whois(String address) {
        return JSON.toJson(JsonObject.create()
                .add("cmd", "iam")
                .add("port", "9898")
                .add("sid", sid)
                .add("model", "gateway")
                .add("proto_version", VERSION)
                .add("ip", address));
    }

    /** The answer to a command. */
    String command(String request) {
        JsonObject message;
        try {
            message = JSON.fromJsonObject(request);
        } catch (RuntimeException malformed) {
            return error("server_ack", "Invalid json msg");
        }
        return switch (message.extract("cmd", "")) {
            case "get_id_list" -> idList();
            case "read" -> read(message.extract("sid", ""));
            case "write" -> error("write_ack", "Invalid key"); // nobody in the lab has the owner's key
            default -> error("server_ack", "Unsupported cmd");
        };
    }

    private String idList() {
        String list = sensors.all().stream()
                .map(sensor -> '"' + sensor.sid() + '"')
                .collect(Collectors.joining(",", "[", "]"));
        return JSON.toJson(JsonObject.create()
                .add("cmd", "get_id_list_ack")
                .add("sid", sid)
                .add("token", token)
                .add("data", list));
    }

    private String read(String wanted) {
        if (wanted.equals(sid)) {
            return JSON.toJson(message("read_ack", "gateway", sid, 0)
                    .add("data", "{\"rgb\":0,\"illumination\":350,\"proto_version\":\"" + VERSION + "\"}"));
        }
        Optional<Sensor> sensor = sensors.find(wanted);
        return sensor.map(found -> state("read_ack", found)).orElseGet(() -> error("read_ack", "No device"));
    }

    private String state(String command, Sensor sensor) {
        return JSON.toJson(message(command, sensor.model(), sensor.sid(), sensor.shortId())
                .add("data", sensor.data(sensors.moment())));
    }

    private static JsonObject message(String command, String model, String sid, int shortId) {
        return JsonObject.create()
                .add("cmd", command)
                .add("model", model)
                .add("sid", sid)
                .add("short_id", shortId);
    }

    private String error(String command, String text) {
        return JSON.toJson(
                JsonObject.create().add("cmd", command).add("sid", sid).add("data", "{\"error\":\"" + text + "\"}"));
    }

    private String newToken() {
        return random.ints(TOKEN_LENGTH, 0, TOKEN_CHARACTERS.length())
                .mapToObj(index -> TOKEN_CHARACTERS.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}
