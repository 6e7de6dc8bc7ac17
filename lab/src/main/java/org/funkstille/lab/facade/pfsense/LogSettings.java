package org.funkstille.lab.facade.pfsense;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.pf.SyslogDestination;
import org.funkstille.lab.facade.pf.SyslogFormat;

/** {@code status/logs/settings}: where the log goes besides its files. Off at first. */
final class LogSettings {

    private static final int SYSLOG = 514;

    private Json.Fields settings = Json.fields(
            "format", "rfc3164",
            "enableremotelogging", false,
            "sourceip", "",
            "ipprotocol", "ipv4",
            "remoteserver", "",
            "remoteserver2", "",
            "remoteserver3", "",
            "logall", false,
            "filter", false);

    Json.Fields shown() {
        return settings;
    }

    void change(Json.Fields sent) {
        for (String name : settings.values().keySet()) {
            if (sent.has(name)) {
                settings = settings.with(name, sent.get(name));
            }
        }
    }

    /** Of the firewall's log. pfSense's own syslogd speaks UDP only. */
    List<SyslogDestination> destinations() {
        List<SyslogDestination> result = new ArrayList<>();
        boolean wanted =
                settings.get("filter").isTrue() || settings.get("logall").isTrue();
        if (settings.get("enableremotelogging").isTrue() && wanted) {
            boolean modern = settings.get("format").plain().equals("rfc5424");
            String host = SystemInformation.HOST + "." + SystemInformation.DOMAIN;
            SyslogFormat format = modern ? new SyslogFormat(true, Optional.of(host), false) : SyslogFormat.pfSenseBsd();
            for (String name : List.of("remoteserver", "remoteserver2", "remoteserver3")) {
                server(settings.get(name).plain())
                        .ifPresent(server -> result.add(new SyslogDestination(server, false, format)));
            }
        }
        return result;
    }

    /** {@code 192.168.1.10}, {@code 192.168.1.10:5514}. */
    private static Optional<InetSocketAddress> server(String text) {
        int colon = text.lastIndexOf(':');
        String address = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? SYSLOG : Integer.parseInt(text.substring(colon + 1));
        return Addresses.tryParse(address).map(found -> new InetSocketAddress(found, port));
    }
}
