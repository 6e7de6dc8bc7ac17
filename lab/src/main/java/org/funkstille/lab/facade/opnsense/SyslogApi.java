package org.funkstille.lab.facade.opnsense;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.pf.SyslogDestination;
import org.funkstille.lab.facade.pf.SyslogFormat;

/** {@code /api/syslog} (opnsense/core, Syslog/Api; syslog-ng puts the box's name into both forms). */
final class SyslogApi {

    private final Box box;
    private final String hostName;

    SyslogApi(Box box, String hostName) {
        this.box = box;
        this.hostName = hostName;
    }

    void routes(Routes routes) {
        ItemActions actions =
                new ItemActions(box.configuration(), box.configuration().destinations(), "destination");
        routes.put("syslog/settings/add_destination", actions::add);
        routes.put("syslog/settings/get_destination", actions::get);
        routes.put("syslog/settings/set_destination", actions::set);
        routes.put("syslog/settings/del_destination", actions::delete);
        routes.put("syslog/settings/toggle_destination", actions::toggle);
        routes.put("syslog/settings/search_destinations", call -> actions.search(call, "description"));
        routes.put("syslog/service/status", _ -> Json.object("status", "running"));
        routes.put("syslog/service/reconfigure", this::reconfigure);
    }

    private Object reconfigure(Call call) {
        if (!call.isPost()) {
            return Json.object("status", "failed");
        }
        if (!box.isPretending()) {
            apply();
        }
        return Json.object("status", "ok");
    }

    /** From now on the log goes where the configuration says. TLS and names of hosts are not simulated. */
    void apply() {
        List<SyslogDestination> destinations = new ArrayList<>();
        for (Item item : box.configuration().destinations().all()) {
            Optional<InetAddress> address = Addresses.tryParse(item.get("hostname"));
            List<String> programs = Arrays.asList(item.get("program").split(","));
            boolean wanted =
                    programs.contains("filterlog") || item.get("program").isEmpty();
            String transport = item.get("transport");
            if (item.is("enabled") && wanted && address.isPresent() && !transport.startsWith("tls")) {
                boolean modern = item.is("rfc5424");
                destinations.add(new SyslogDestination(
                        new InetSocketAddress(address.get(), Integer.parseInt(item.get("port"))),
                        transport.startsWith("tcp"),
                        new SyslogFormat(modern, Optional.of(hostName), modern)));
            }
        }
        box.pf().log().sendTo(destinations);
    }
}
