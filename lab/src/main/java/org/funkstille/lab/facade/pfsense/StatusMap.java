package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.Pf;
import org.funkstille.lab.facade.pf.PfInterface;
import org.funkstille.lab.network.Segment;

/** The addresses of the API that tell how things are: the system, its interfaces, leases and neighbours. */
record StatusMap(
        ApiMap map,
        Configuration configuration,
        SystemInformation system,
        Neighbours neighbours,
        DhcpServer dhcp,
        Access access,
        PfSenseFacade.Options options,
        LogSettings logs,
        Pf pf) {

    void add() {
        map.add("system/version", "GET", _ -> system.version());
        map.add("system/restapi/version", "GET", _ -> system.apiVersion());
        map.add("system/restapi/settings", "GET", _ -> settings());
        map.add("system/timezone", "GET", _ -> system.timezone());
        map.add("system/hostname", "GET", _ -> system.hostname());
        map.add("status/system", "GET", _ -> system.status());
        map.add("interfaces", "GET", call -> listed(call, interfaces()));
        map.add(
                "interface",
                "GET",
                call -> interfaces().stream()
                        .filter(one -> one.get("id")
                                .plain()
                                .equals(call.parameters().get("id").plain()))
                        .findFirst()
                        .orElseThrow(() -> ApiError.notFound("Interface does not exist.")));
        map.add("status/interfaces", "GET", call -> listed(call, interfaceStatus()));
        map.add("services/dhcp_servers", "GET", call -> listed(call, dhcpServers()));
        map.add("status/dhcp_server/leases", "GET", call -> listed(call, leases()));
        map.add("diagnostics/arp_table", "GET", call -> listed(call, Attempt.of(neighbours::arpTable)));
        map.add("auth/jwt", "POST", _ -> Json.fields("token", access.newToken()));
        map.add(
                "auth/key",
                "POST",
                _ -> Json.fields("id", 0, "descr", "", "hash_algo", "sha256", "key", access.apiKey()));
        map.add("status/logs/settings", "GET", _ -> logs.shown());
        map.add("status/logs/settings", "PATCH", call -> {
            if (!call.pretended()) {
                logs.change(call.parameters());
                pf.log().sendTo(logs.destinations());
            }
            return logs.shown();
        });
    }

    private static Json listed(Call call, List<Json.Fields> objects) {
        return Json.of(new ArrayList<Json>(new Query(call.parameters()).of(objects)));
    }

    private List<Json.Fields> interfaces() {
        return configuration.interfaces().stream().map(HomeInterface::shown).toList();
    }

    /** Addresses as they are at this moment. */
    private List<Json.Fields> interfaceStatus() {
        List<Json.Fields> result = new ArrayList<>();
        for (HomeInterface one : configuration.interfaces()) {
            result.add(Json.fields(
                    "id", result.size(),
                    "name", one.id(),
                    "descr", one.descr(),
                    "hwif", one.real().name(),
                    "enable", true,
                    "status", "up",
                    "macaddr", Attempt.of(() -> neighbours.macOf(one.real().device())),
                    "ipaddr", text(one, Family.IPV4),
                    "subnet", "255.255.255.0",
                    "linklocal", Json.none(),
                    "ipaddrv6", text(one, Family.IPV6),
                    "subnetv6", 64));
        }
        return result;
    }

    private static Json text(HomeInterface one, Family family) {
        Optional<String> address =
                one.address(family).map(PfInterface.Address::address).map(Addresses::text);
        return address.map(Json::of).orElse(Json.none());
    }

    private List<Json.Fields> dhcpServers() {
        List<Json.Fields> result = new ArrayList<>();
        for (HomeInterface one : configuration.interfaces()) {
            if (one.segment().isPresent()) {
                Segment segment = one.segment().get();
                List<Json> mappings = new ArrayList<>();
                Section section = configuration.mappings().get(one.id());
                if (section != null) {
                    mappings.addAll(section.all());
                }
                result.add(Json.fields(
                        "id", one.id(),
                        "interface", one.id(),
                        "enable", true,
                        "range_from", segment.poolStart(),
                        "range_to", segment.poolEnd(),
                        "staticmap", Json.of(mappings)));
            }
        }
        return result;
    }

    private List<Json.Fields> leases() {
        return Attempt.of(() -> dhcp.leases(neighbours.online()));
    }

    private Json settings() {
        List<String> methods = new ArrayList<>();
        if (options.basicAuth()) {
            methods.add("BasicAuth");
        }
        if (options.keyAuth()) {
            methods.add("KeyAuth");
        }
        if (options.jwtAuth()) {
            methods.add("JWTAuth");
        }
        return Json.fields(
                "enabled",
                true,
                "read_only",
                false,
                "login_protection",
                options.loginProtection(),
                "represent_interfaces_as",
                options.interfacesAs(),
                "auth_methods",
                Json.texts(methods),
                "jwt_exp",
                3600);
    }
}
