package org.funkstille.lab.facade.opnsense;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the box tells of itself (opnsense/core, Core/Api/FirmwareController.php and BackupController.php,
 * Diagnostics/Api/SystemController.php).
 */
final class CoreApi {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss zzz yyyy", Locale.ROOT);

    private final Box box;
    private final String hostName;

    CoreApi(Box box, String hostName) {
        this.box = box;
        this.hostName = hostName;
    }

    void routes(Routes routes) {
        routes.put("core/firmware/status", _ -> firmware("status", "none"));
        routes.put("core/firmware/info", _ -> firmware("package", List.of()));
        routes.put("core/backup/backups", _ -> backups());
        routes.put("core/service/search", call -> Search.answer(call, services(), "description"));
        routes.put("diagnostics/system/system_information", _ -> information());
        routes.put("diagnostics/system/system_time", _ -> time());
    }

    private Object firmware(String name, Object value) {
        String number = box.release().number();
        String series = number.substring(0, number.lastIndexOf('.'));
        Map<String, Object> product = Json.object(
                "product_abi", series,
                "product_id", "opnsense",
                "product_name", "OPNsense",
                "product_series", series,
                "product_version", number);
        Map<String, Object> answer = Json.object("product", product);
        answer.put("product_id", "opnsense");
        answer.put("product_version", number);
        answer.put("os_version", "FreeBSD " + box.release().freeBsd());
        answer.put(name, value);
        return answer;
    }

    /** Each with the name of its file, which holds the whole revision. */
    private Object backups() {
        List<Object> items = new ArrayList<>();
        for (Configuration.Backup backup : box.configuration().backups()) {
            items.add(Json.object(
                    "time",
                    backup.revision(),
                    "description",
                    "/api/ made changes",
                    "username",
                    "root@192.168.1.10",
                    "filesize",
                    backup.size(),
                    "id",
                    "config-" + backup.revision() + ".xml"));
        }
        return Json.object("items", items);
    }

    private List<Map<String, Object>> services() {
        String dhcp = switch (box.configuration().options().dhcp()) {
            case ISC -> "dhcpd";
            case DNSMASQ -> "dnsmasq";
            case KEA -> "kea-dhcp";
        };
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String name : List.of("configd", dhcp, "pf", "syslog-ng", "webgui")) {
            rows.add(Json.object("id", name, "locked", 0, "running", 1, "description", name, "name", name));
        }
        return rows;
    }

    private Object information() {
        return Json.object(
                "name",
                hostName,
                "versions",
                List.of(
                        "OPNsense " + box.release().number() + "-amd64",
                        "FreeBSD " + box.release().freeBsd(),
                        "OpenSSL 3.0.17"),
                "updates",
                "Click to check for updates.");
    }

    private Object time() {
        return Json.object(
                "uptime",
                "01:00:00",
                "datetime",
                DATE.format(box.clock().now()),
                "boottime",
                DATE.format(box.clock().now().minusHours(1)),
                "loadavg",
                "0.10, 0.12, 0.09");
    }
}
