package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.fritzbox.tr064.Scpd;
import org.funkstille.lab.facade.fritzbox.tr064.SoapFault;
import org.funkstille.lab.network.Segment;

/** The services about the box itself: DeviceInfo, LANHostConfigManagement, LANConfigSecurity, X_AVM-DE_Auth. */
final class BoxActions {

    static final int SECURITY_PORT = 49443;

    private final Box box;
    private final Instant switchedOn;

    BoxActions(Box box) {
        this.box = box;
        this.switchedOn = box.clock().instant();
    }

    Actions deviceInfo(String description) throws IOException {
        return new Actions(Scpd.parse(description))
                .add("GetSecurityPort", Needed.NOTHING, _ -> Map.of("NewSecurityPort", Integer.toString(SECURITY_PORT)))
                .add("GetDeviceLog", Needed.SETTINGS, _ -> Map.of("NewDeviceLog", ""))
                .add("GetInfo", Needed.SETTINGS, _ -> info());
    }

    private Map<String, String> info() {
        long seconds = Duration.between(switchedOn, box.clock().instant()).toSeconds();
        return Map.ofEntries(
                Map.entry("NewManufacturerName", "AVM"),
                Map.entry("NewManufacturerOUI", "00040E"),
                Map.entry("NewModelName", "FRITZ!Box 7590"),
                Map.entry(
                        "NewDescription",
                        "FRITZ!Box 7590 " + box.options().release().display()),
                Map.entry("NewProductClass", "FRITZ!Box"),
                Map.entry("NewSerialNumber", DeviceDescription.SERIAL),
                Map.entry("NewSoftwareVersion", box.options().release().display()),
                Map.entry("NewHardwareVersion", "FRITZ!Box 7590"),
                Map.entry("NewSpecVersion", "1.0"),
                Map.entry("NewProvisioningCode", ""),
                Map.entry("NewUpTime", Long.toString(seconds)),
                Map.entry("NewDeviceLog", ""));
    }

    Actions lan(String description) throws IOException {
        return new Actions(Scpd.parse(description))
                .add("GetInfo", Needed.SETTINGS, _ -> lanInfo())
                .add("GetAddressRange", Needed.SETTINGS, _ -> range())
                .add("SetAddressRange", Needed.SETTINGS, this::setRange)
                .add("GetDNSServers", Needed.SETTINGS, _ -> Map.of("NewDNSServers", Segment.LAN.routerIpv4()))
                .add("GetIPRoutersList", Needed.SETTINGS, _ -> Map.of("NewIPRouters", Segment.LAN.routerIpv4()))
                .add("GetSubnetMask", Needed.SETTINGS, _ -> Map.of("NewSubnetMask", "255.255.255.0"));
    }

    private Map<String, String> range() {
        return Map.of(
                "NewMinAddress", box.configuration().rangeStart(),
                "NewMaxAddress", box.configuration().rangeEnd());
    }

    private Map<String, String> lanInfo() {
        return Map.of(
                "NewDHCPServerConfigurable", "1",
                "NewDHCPRelay", "0",
                "NewMinAddress", box.configuration().rangeStart(),
                "NewMaxAddress", box.configuration().rangeEnd(),
                "NewReservedAddresses", "",
                "NewDHCPServerEnable", "1",
                "NewDNSServers", Segment.LAN.routerIpv4(),
                "NewDomainName", "fritz.box",
                "NewIPRouters", Segment.LAN.routerIpv4(),
                "NewSubnetMask", "255.255.255.0");
    }

    /** Kept and shown; the pool of the lab's DHCP server stays as it is. */
    private Map<String, String> setRange(Actions.Call call) throws SoapFault {
        String start = call.argument("NewMinAddress");
        String end = call.argument("NewMaxAddress");
        if (Addresses.tryParse(start).isEmpty() || Addresses.tryParse(end).isEmpty()) {
            throw SoapFault.invalidValue();
        }
        if (!box.faults().swallows(call.request())) {
            box.configuration().range(start, end);
        }
        return Map.of();
    }

    Actions security(String description) throws IOException {
        return new Actions(Scpd.parse(description))
                .add(
                        "GetInfo",
                        Needed.NOTHING,
                        _ -> Map.of(
                                "NewMaxCharsPassword", "32",
                                "NewMinCharsPassword", "0",
                                "NewAllowedCharsPassword", allowedCharacters()))
                .add(
                        "X_AVM-DE_GetAnonymousLogin",
                        Needed.NOTHING,
                        _ -> Map.of(
                                "NewX_AVM-DE_AnonymousLoginEnabled", "0",
                                "NewX_AVM-DE_ButtonLoginEnabled", "0"))
                .add(
                        "X_AVM-DE_GetUserList",
                        Needed.NOTHING,
                        _ -> Map.of(
                                "NewX_AVM-DE_UserList",
                                "<List><Username last_user=\"1\">%s</Username></List>"
                                        .formatted(box.options().user())))
                .add("X_AVM-DE_GetCurrentUser", Needed.LOGIN, _ -> currentUser());
    }

    private static String allowedCharacters() {
        StringBuilder text = new StringBuilder();
        for (char c = ' '; c <= '~'; c++) {
            text.append(c);
        }
        return text.toString();
    }

    /** A document within the answer; a path and an access follow each other. */
    private Map<String, String> currentUser() {
        String all = box.options().has(Quirk.NO_SETTINGS_RIGHT) ? "none" : "readwrite";
        StringBuilder rights = new StringBuilder("<rights>");
        for (String path : new String[] {"BoxAdmin", "Phone", "Dial", "NAS", "HomeAuto", "App"}) {
            String access = path.equals("Phone") || path.equals("Dial") ? "readwrite" : all;
            rights.append("<path>%s</path><access>%s</access>".formatted(path, access));
        }
        return Map.of(
                "NewX_AVM-DE_CurrentUsername", box.options().user(),
                "NewX_AVM-DE_CurrentUserRights", rights.append("</rights>").toString());
    }

    Actions secondFactor(String description) throws IOException {
        return new Actions(Scpd.parse(description))
                .add(
                        "GetInfo",
                        Needed.LOGIN,
                        _ -> Map.of("NewEnabled", box.secondFactor().enabled() ? "1" : "0"))
                .add("GetState", Needed.LOGIN, _ -> Map.of("NewState", state()))
                .add("SetConfig", Needed.LOGIN, this::confirmation);
    }

    private String state() {
        return box.secondFactor().state().name().toLowerCase(Locale.ROOT);
    }

    private Map<String, String> confirmation(Actions.Call call) throws SoapFault {
        switch (call.argument("NewAction")) {
            case "start" -> box.secondFactor().start();
            case "stop" -> box.secondFactor().stop();
            default -> throw SoapFault.invalidValue();
        }
        Optional<String> methods =
                Optional.of("button").filter(_ -> !box.secondFactor().token().isEmpty());
        return Map.of(
                "NewState", state(),
                "NewToken", box.secondFactor().token(),
                "NewMethods", methods.orElse(""));
    }

    Actions wan(String description) throws IOException {
        return new Actions(Scpd.parse(description))
                .add(
                        "GetExternalIPAddress",
                        Needed.SETTINGS,
                        _ -> Map.of("NewExternalIPAddress", "198.51.100.2")); // the lab's wan0
    }
}
