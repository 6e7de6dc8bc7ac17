package org.funkstille.routers.fritzbox.web;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;

/**
 * FRITZ!OS 8: {@code /api/v0/generic/landevice}, seen on a 7520 with 8.25 (kbr/fritzconnection#270). Its {@code 200 {}}
 * to a change means nothing, and its vendor calls it unstable.
 */
final class RestPages implements LandevicePages {

    private static final String MODULE = "/api/v0/generic/landevice";
    private static final String NODE = MODULE + "/landevice/";
    private static final String JSON = "application/json";

    private final WebSession session;

    RestPages(WebSession session) {
        this.session = session;
    }

    /** True where the box has these pages. */
    static boolean offeredBy(WebSession session) throws RouterException {
        HttpAnswer answer = session.send(sid -> get(MODULE, sid));
        return answer.ok() && answer.text().contains("\"landevice\"");
    }

    private static HttpCall get(String path, String sid) {
        return HttpCall.get(path).with("Authorization", "AVM-SID " + sid);
    }

    @Override
    public List<Landevice> all() throws RouterException {
        List<Landevice> all = new ArrayList<>();
        JsonObject module = read(MODULE);
        if (module.containsKey("landevice") && module.get("landevice") instanceof JsonArray entries) {
            for (JsonNode entry : entries.elements()) {
                if (entry instanceof JsonObject device) {
                    Mac.tryParse(device.extract("mac", ""))
                            .map(mac -> new Landevice(device.extract("UID", ""), mac, device.extract("name", "")))
                            .filter(found -> found.uid().matches("[A-Za-z0-9_-]{1,64}"))
                            .ifPresent(all::add);
                }
            }
        }
        return all;
    }

    @Override
    public Landevice.State state(Landevice device) throws RouterException {
        JsonObject state = read(NODE + device.uid());
        return new Landevice.State(
                state.extract("static_dhcp", "0").equals("1"), Addresses.tryParse(state.extract("ip", "")));
    }

    private JsonObject read(String path) throws RouterException {
        HttpAnswer answer = session.send(sid -> get(path, sid));
        HttpCall about = HttpCall.get(path);
        if (!answer.ok()) {
            throw new RouterException.Refused(session.about(about) + "HTTP " + answer.status());
        }
        return session.json(about, answer);
    }

    @Override
    public void pin(Landevice device, Optional<InetAddress> address) throws RouterException {
        JsonObject change = JsonObject.create().add("static_dhcp", address.isPresent() ? "1" : "0");
        address.ifPresent(wanted -> change.add("ip", Addresses.text(wanted)));
        HttpCall call = HttpCall.of("PUT", NODE + device.uid(), JSON, WebSession.text(change));
        HttpAnswer answer = session.send(sid -> call.with("Authorization", "AVM-SID " + sid));
        if (!answer.ok()) {
            // Seen: "bad value" for an address of somebody else, the box's own, or outside its network.
            throw new RouterException.Refused(session.about(call) + "HTTP " + answer.status()
                    + "; the box pins only addresses of its own network that no other device has");
        }
    }
}
