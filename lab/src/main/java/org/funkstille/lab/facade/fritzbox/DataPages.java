package org.funkstille.lab.facade.fritzbox;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;

/**
 * The page {@code data.lua}, with which the web interface gets and changes what it shows. Nothing of it is documented;
 * fields are those that public programs read ({@code pid}, {@code data.active[].UID}, {@code data.vars.dev.ipv4.dhcp
 * .alwaysSameIp}, {@code data.vars.dev.netAccess.kisi.profiles.selected}). A change that it does not take is answered
 * with status 200 all the same.
 */
final class DataPages {

    static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private static final int FIRST_LOCK = 1580;

    private final Box box;
    private final DeviceChanges changes;
    private final AtomicInteger nextLock = new AtomicInteger(FIRST_LOCK);

    /** By MAC: under which id the page lists a locked device. A new one at each lock (jhubig/FritzBoxShell#49). */
    private final Map<String, String> lockIds = new HashMap<>();

    DataPages(Box box, DeviceChanges changes) {
        this.box = box;
        this.changes = changes;
    }

    /** From the query or from the form. */
    static Optional<String> parameter(WebRequest request, String name) {
        return request.form().first(name).or(() -> request.query().first(name));
    }

    WebAnswer answer(WebRequest request) throws IOException, InterruptedException {
        String page = parameter(request, "page").orElse("overview");
        JsonObject data = switch (page) {
            case "netDev" -> network();
            case "edit_device" -> device(request);
            case "kidLis" -> locks(request);
            case "kidPro" -> profiles();
            default -> JsonObject.create();
        };
        boolean known = !data.isEmpty();
        return WebAnswer.json(
                200,
                JSON.toJson(JsonObject.create()
                        .add("pid", known ? page : "overview")
                        .add("sid", parameter(request, "sid").orElse(Sessions.NONE))
                        .add("data", data)));
    }

    private JsonObject network() throws IOException, InterruptedException {
        JsonArray active = JsonArray.create();
        JsonArray passive = JsonArray.create();
        for (LanDevice device : box.devices().all()) {
            (device.active() ? active : passive)
                    .add(JsonObject.create()
                            .add("UID", device.uid())
                            .add("mac", device.macText())
                            .add("name", device.name())
                            .add("type", device.wifi() ? "wlan" : "ethernet")
                            .add("ipv4", JsonObject.create().add("ip", device.ipText())));
        }
        return JsonObject.create().add("active", active).add("passive", passive);
    }

    private JsonObject device(WebRequest request) throws IOException, InterruptedException {
        Optional<LanDevice> found =
                box.devices().byUid(parameter(request, "dev").orElse(""));
        if (found.isEmpty()) {
            return JsonObject.create();
        }
        if (parameter(request, "apply").isEmpty()) {
            return shown(found.get());
        }
        boolean taken = drops(request) || change(found.get(), request);
        return JsonObject.create().add("apply", taken ? "ok" : "error");
    }

    private JsonObject shown(LanDevice device) {
        DeviceSettings settings = box.configuration().settings(device.mac());
        JsonArray list = JsonArray.create();
        box.configuration()
                .profiles()
                .values()
                .forEach(profile ->
                        list.add(JsonObject.create().add("id", profile.id()).add("name", profile.name())));
        JsonObject profiles =
                JsonObject.create().add("selected", settings.profile()).add("list", list);
        String address = settings.reserved().map(Addresses::text).orElse(device.ipText());
        JsonObject ipv4 = JsonObject.create()
                .add("current", JsonObject.create().add("ip", address))
                .add(
                        "dhcp",
                        JsonObject.create()
                                .add("alwaysSameIp", settings.reserved().isPresent()));
        JsonObject kisi = JsonObject.create()
                .add("profiles", profiles)
                .add("isBlocked", box.filter().disallowed(device.ip()));
        JsonObject dev = JsonObject.create()
                .add("UID", device.uid())
                .add("mac", device.macText())
                .add("devType", device.wifi() ? "wlan" : "ethernet")
                .add("state", device.active() ? "ONLINE" : "INACTIVE")
                .add("name", JsonObject.create().add("displayName", device.name()))
                .add("ipv4", ipv4)
                .add("netAccess", JsonObject.create().add("kisi", kisi));
        return JsonObject.create().add("vars", JsonObject.create().add("dev", dev));
    }

    /** Where a confirmation would be needed, the web interface takes a change and forgets it. */
    private boolean drops(WebRequest request) {
        return box.secondFactor().enabled() || box.faults().swallows(request);
    }

    private boolean change(LanDevice device, WebRequest request) throws IOException, InterruptedException {
        String flag = parameter(request, "static_dhcp").orElse("off"); // a check box that is not checked is not sent
        Optional<InetAddress> address = Optional.empty();
        if (flag.equals("on") || flag.equals("1")) {
            address = Addresses.tryParse(parameter(request, "dev_ip").orElse(device.ipText()));
            if (address.isEmpty()) {
                return false;
            }
        }
        if (!changes.reserve(device, address)) {
            return false;
        }
        parameter(request, "dev_name")
                .filter(name -> !name.isBlank() && !name.equals(device.name()))
                .ifPresent(name -> changes.name(device, name));
        Optional<String> profile = parameter(request, "kisi_profile").filter(id -> !id.isBlank());
        return profile.isEmpty() || changes.profile(device, profile.get());
    }

    /** Locks by the id of a device, and unlocks by the id of the lock only. */
    private JsonObject locks(WebRequest request) throws IOException, InterruptedException {
        Optional<String> id = parameter(request, "toBeBlocked");
        if (id.isPresent() && !drops(request)) {
            boolean locked = parameter(request, "blocked").equals(Optional.of("true"));
            for (LanDevice device : box.devices().all()) {
                boolean meant = id.get().equals(locked ? device.uid() : lockIds.get(device.macText()));
                if (meant) {
                    box.filter().disallow(device, locked);
                    lockIds.put(device.macText(), "user" + nextLock.incrementAndGet());
                }
            }
        }
        JsonArray users = JsonArray.create();
        for (LanDevice device : box.devices().all()) {
            if (box.filter().disallowed(device.ip())) {
                String lock = lockIds.computeIfAbsent(device.macText(), _ -> "user" + nextLock.incrementAndGet());
                users.add(JsonObject.create()
                        .add("id", lock)
                        .add("dev", device.uid())
                        .add("name", device.name())
                        .add("blocked", true));
            }
        }
        return JsonObject.create().add("blockedUsers", users);
    }

    private JsonObject profiles() {
        JsonObject all = JsonObject.create();
        box.configuration()
                .profiles()
                .values()
                .forEach(profile -> all.add(
                        profile.id(),
                        JsonObject.create()
                                .add("Id", profile.id())
                                .add("Name", profile.name())
                                .add("OnlineTime", profile.timetable())));
        return JsonObject.create().add("kidProfiles", all);
    }
}
