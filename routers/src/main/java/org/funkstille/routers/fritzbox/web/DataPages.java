package org.funkstille.routers.fritzbox.web;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;

/** FRITZ!OS 6 and 7: {@code data.lua}, whose fields are those that public programs use (jhubig/FritzBoxShell). */
final class DataPages implements LandevicePages {

    private static final String PATH = "/data.lua";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final WebSession session;

    DataPages(WebSession session) {
        this.session = session;
    }

    private JsonObject page(String page, Map<String, String> parameters) throws RouterException {
        HttpCall about = HttpCall.of("POST", PATH, FORM, "");
        HttpAnswer answer = session.send(sid -> {
            Map<String, String> all = new LinkedHashMap<>(Map.of("xhr", "1", "sid", sid, "page", page));
            all.putAll(parameters);
            return HttpCall.of("POST", PATH, FORM, form(all));
        });
        if (!answer.ok()) {
            throw new RouterException.Refused(
                    session.about(about) + "HTTP " + answer.status() + " to the page " + page);
        }
        JsonObject json = session.json(about, answer);
        if (!json.extract("pid", page).equals(page)) {
            throw new RouterException.Refused(
                    session.about(about) + "this FRITZ!OS has no page " + page + "; pin the address by hand");
        }
        return json;
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + LoginPage.encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    @Override
    public List<Landevice> all() throws RouterException {
        JsonObject data = object(page("netDev", Map.of("xhrId", "all")), "data");
        List<Landevice> all = new ArrayList<>();
        for (String list : List.of("active", "passive")) {
            if (data.containsKey(list) && data.get(list) instanceof JsonArray entries) {
                for (JsonNode entry : entries.elements()) {
                    if (entry instanceof JsonObject device) {
                        Mac.tryParse(device.extract("mac", ""))
                                .map(mac -> new Landevice(device.extract("UID", ""), mac, device.extract("name", "")))
                                .ifPresent(all::add);
                    }
                }
            }
        }
        return all;
    }

    @Override
    public Landevice.State state(Landevice device) throws RouterException {
        JsonObject page = page("edit_device", Map.of("xhrId", "all", "backToPage", "netDev", "dev", device.uid()));
        JsonObject ipv4 = object(object(object(object(page, "data"), "vars"), "dev"), "ipv4");
        return new Landevice.State(
                object(ipv4, "dhcp").extract("alwaysSameIp", false),
                Addresses.tryParse(object(ipv4, "current").extract("ip", "")));
    }

    @Override
    public void pin(Landevice device, Optional<InetAddress> address) throws RouterException {
        Map<String, String> change = new LinkedHashMap<>();
        change.put("dev", device.uid());
        change.put("dev_name", device.name());
        Optional<InetAddress> shown =
                address.isPresent() ? address : state(device).address();
        shown.ifPresent(ip -> change.put("dev_ip", Addresses.text(ip)));
        change.put("static_dhcp", address.isPresent() ? "on" : "off");
        change.put("apply", "true");
        JsonObject ignored = page("edit_device", change);
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.containsKey(name) && parent.get(name) instanceof JsonObject child ? child : JsonObject.create();
    }
}
