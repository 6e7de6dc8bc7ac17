package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.funkstille.core.net.Mac;
import org.funkstille.lab.facade.fritzbox.tr064.Scpd;
import org.funkstille.lab.facade.fritzbox.tr064.SoapFault;

/** The service {@code Hosts:1}: who is in the home network. */
final class HostActions {

    static final String HOST_LIST = "/devicehostlist.lua";

    private static final String LAST_ARGUMENT = "<argument><name>NewX_AVM-DE_URL</name><direction>out</direction>"
            + "<relatedStateVariable>X_AVM-DE_URL</relatedStateVariable></argument>";

    private final Box box;

    private HostActions(Box box) {
        this.box = box;
    }

    static Actions of(Box box, String description) throws IOException {
        HostActions hosts = new HostActions(box);
        Actions actions = new Actions(Scpd.parse(fitting(box.options(), description)))
                .add("GetHostNumberOfEntries", Needed.NOTHING, _ -> Map.of("NewHostNumberOfEntries", hosts.count()))
                .add("GetGenericHostEntry", Needed.NOTHING, hosts::byIndex)
                .add("GetSpecificHostEntry", Needed.NOTHING, hosts::byMac)
                .add(
                        "X_AVM-DE_GetChangeCounter",
                        Needed.NOTHING,
                        _ -> Map.of(
                                "NewX_AVM-DE_ChangeCounter",
                                Long.toString(box.devices().changes())))
                .add("X_AVM-DE_SetHostNameByMACAddress", Needed.SETTINGS, hosts::name)
                .add("X_AVM-DE_GetSpecificHostEntryByIP", Needed.PHONE, hosts::byAddress);
        if (!box.options().has(Quirk.NO_HOST_LIST)) {
            actions.add("X_AVM-DE_GetHostListPath", Needed.PHONE, _ -> hosts.listPath());
        }
        return actions;
    }

    private static String fitting(Options options, String description) {
        String text = description;
        if (options.has(Quirk.NO_HOST_LIST)) {
            text = text.replaceFirst("<action><name>X_AVM-DE_GetHostListPath</name>.*?</action>\\s*", "");
        }
        if (options.release().hasRest()) {
            text = text.replace(LAST_ARGUMENT, LAST_ARGUMENT + newer());
        }
        return text;
    }

    /** What newer boxes tell besides. */
    private static String newer() {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("FriendlyName", "WANAccess", "FilterProfileID", "Guest", "VPN")) {
            text.append("<argument><name>NewX_AVM-DE_%1$s</name><direction>out</direction>".formatted(name))
                    .append("<relatedStateVariable>X_AVM-DE_%s</relatedStateVariable></argument>".formatted(name));
        }
        return text.toString();
    }

    private String count() throws IOException, InterruptedException {
        return Integer.toString(box.devices().all().size());
    }

    private Map<String, String> byIndex(Actions.Call call) throws SoapFault, IOException, InterruptedException {
        List<LanDevice> devices = box.devices().all();
        String index = call.argument("NewIndex");
        if (!index.matches("[0-9]{1,5}") || Integer.parseInt(index) >= devices.size()) {
            throw SoapFault.invalidIndex();
        }
        return entry(devices.get(Integer.parseInt(index)));
    }

    private Map<String, String> byMac(Actions.Call call) throws SoapFault, IOException, InterruptedException {
        return entry(device(call));
    }

    private LanDevice device(Actions.Call call) throws SoapFault, IOException, InterruptedException {
        Mac mac = Mac.tryParse(call.argument("NewMACAddress").toLowerCase(Locale.ROOT))
                .orElseThrow(SoapFault::invalidValue);
        return box.devices().byMac(mac).orElseThrow(SoapFault::noSuchEntry);
    }

    private static Map<String, String> entry(LanDevice device) {
        return Map.of(
                "NewIPAddress", device.ipText(),
                "NewAddressSource", device.addressSource(),
                "NewLeaseTimeRemaining", Long.toString(device.leaseSeconds()),
                "NewMACAddress", device.macText(),
                "NewInterfaceType", device.interfaceType(),
                "NewActive", device.active() ? "1" : "0",
                "NewHostName", device.name());
    }

    private Map<String, String> byAddress(Actions.Call call) throws SoapFault, IOException, InterruptedException {
        LanDevice device =
                box.devices().byAddress(call.argument("NewIPAddress")).orElseThrow(SoapFault::noSuchEntry);
        Map<String, String> answer = new TreeMap<>(entry(device));
        answer.putAll(Map.of(
                "NewX_AVM-DE_Port", device.wifi() ? "0" : "1",
                "NewX_AVM-DE_Speed", device.wifi() ? "72" : "1000",
                "NewX_AVM-DE_UpdateAvailable", "0",
                "NewX_AVM-DE_UpdateSuccessful", "unknown",
                "NewX_AVM-DE_InfoURL", "",
                "NewX_AVM-DE_Model", "",
                "NewX_AVM-DE_URL", ""));
        answer.putAll(Map.of(
                "NewX_AVM-DE_FriendlyName",
                device.name(),
                "NewX_AVM-DE_WANAccess",
                HostListDocument.text(box.filter().access(device)),
                "NewX_AVM-DE_FilterProfileID",
                box.configuration().settings(device.mac()).profile(),
                "NewX_AVM-DE_Guest",
                "0",
                "NewX_AVM-DE_VPN",
                "0"));
        return answer;
    }

    private Map<String, String> name(Actions.Call call) throws SoapFault, IOException, InterruptedException {
        LanDevice device = device(call);
        Configuration configuration = box.configuration();
        if (!box.faults().swallows(call.request())) {
            configuration.settle(
                    device.mac(), configuration.settings(device.mac()).named(call.argument("NewHostName")));
        }
        return Map.of();
    }

    private Map<String, String> listPath() {
        return Map.of(
                "NewX_AVM-DE_HostListPath",
                HOST_LIST + "?sid=" + box.documentSessions().open());
    }
}
