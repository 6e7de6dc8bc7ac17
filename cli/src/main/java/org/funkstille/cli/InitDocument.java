package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.Addresses;
import org.funkstille.discovery.devices.FoundDevice;
import org.funkstille.discovery.draft.HomeDraft;
import org.funkstille.discovery.routers.FoundRouter;

/** What {@code funkstille init} found, for programs. The names of members are a contract. */
final class InitDocument {

    private InitDocument() {}

    static JsonObject of(HomeDraft draft, Path file) {
        JsonArray routers = JsonArray.create();
        draft.routers().forEach(router -> routers.add(router(router)));
        JsonArray devices = JsonArray.create();
        draft.devices().forEach(device -> devices.add(device(device)));
        return JsonObject.create()
                .add("routers", routers)
                .add("devices", devices)
                .add("next", lines(draft.nextSteps()))
                .add("file", file.toAbsolutePath().toString());
    }

    private static JsonObject router(FoundRouter router) {
        JsonObject json = JsonObject.create();
        router.type().map(RouterType::word).ifPresent(type -> json.add("type", type));
        json.add("system", router.system())
                .add("address", Addresses.text(router.address()))
                .add("driven", router.driven());
        router.via().ifPresent(via -> json.add("via", via));
        router.certificate().ifPresent(certificate -> json.add("certificate", certificate));
        return json.add("evidence", lines(router.evidence())).add("needs", lines(router.needs()));
    }

    private static JsonObject device(FoundDevice device) {
        JsonArray addresses = JsonArray.create();
        device.addresses().stream().map(Addresses::text).forEach(addresses::add);
        JsonObject json =
                JsonObject.create().add("mac", device.mac().toString()).add("addresses", addresses);
        device.hostName().ifPresent(name -> json.add("hostName", name));
        device.model().ifPresent(model -> json.add("model", model));
        device.did().ifPresent(did -> json.add("did", did));
        return json.add("confidence", device.confidence().word()).add("evidence", lines(device.evidence()));
    }

    private static JsonArray lines(List<String> lines) {
        JsonArray array = JsonArray.create();
        lines.forEach(array::add);
        return array;
    }
}
