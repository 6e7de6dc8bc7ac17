package org.funkstille.routers.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.routers.RouterConnection;
import org.funkstille.routers.RouterException;

/**
 * What brings our table back after a reboot, before the network is up: a file with the rules, and a systemd unit that
 * loads it. The unit comes after {@code nftables.service}, whose usual file begins with "flush ruleset", and is loaded
 * again whenever that one is.
 */
final class BootFiles {

    private static final String RULES = "/etc/funkstille/rules.json";
    private static final String UNITS = "/etc/systemd/system";
    private static final String UNIT = "funkstille-rules.service";
    private static final String WANTS = UNITS + "/sysinit.target.wants";

    private final RouterConnection connection;

    BootFiles(RouterConnection connection) {
        this.connection = connection;
    }

    /** True where the router has systemd, so that we can have rules loaded at boot. */
    boolean possible() throws RouterException {
        return connection.run("test", "-d", connection.realPath(UNITS)).ok();
    }

    /** What a reboot would bring back; nothing where any part of it is missing, or is not what we would write now. */
    Optional<List<DeviceRules>> saved(TableLayout layout) throws RouterException {
        Optional<String> rules = connection.readFile(RULES);
        boolean unit =
                connection.readFile(UNITS + "/" + UNIT).filter(unit()::equals).isPresent();
        boolean enabled = connection.listFolder(WANTS).contains(UNIT);
        if (rules.isEmpty() || !unit || !enabled || !rules.get().startsWith(head(layout))) {
            return Optional.empty();
        }
        try {
            return Optional.of(RulesReader.devices(TableReader.read(rules.get()).devices()));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    void save(TableLayout layout, List<DeviceRules> devices) throws RouterException {
        connection.writeFile(RULES, NftJson.document(document(layout, devices)));
        connection.writeFile(UNITS + "/" + UNIT, unit());
        connection.run("mkdir", "-p", connection.realPath(WANTS));
        connection.run("ln", "-sf", connection.realPath(UNITS + "/" + UNIT), connection.realPath(WANTS + "/" + UNIT));
        tellSystemd();
    }

    /** @return what was there and is gone */
    List<String> remove() throws RouterException {
        List<String> removed = new ArrayList<>();
        for (String path : List.of(WANTS + "/" + UNIT, UNITS + "/" + UNIT, RULES)) {
            if (connection.deleteFile(path)) {
                removed.add("file " + path);
            }
        }
        if (!removed.isEmpty()) {
            tellSystemd();
        }
        return removed;
    }

    private void tellSystemd() throws RouterException {
        boolean running = connection.realPath("/").equals("/")
                && !connection.listFolder("/run/systemd/system").isEmpty();
        if (running) {
            connection.run("systemctl", "daemon-reload");
        }
    }

    /** A whole table in one transaction: what was there before is replaced. */
    static List<String> document(TableLayout layout, List<DeviceRules> devices) {
        List<String> commands = new ArrayList<>();
        commands.add(NftJson.table("add"));
        commands.add(NftJson.table("delete"));
        commands.addAll(layout.commands());
        List<Element> elements = new ArrayList<>(List.of(TableElements.CANARY));
        devices.forEach(device -> elements.addAll(TableElements.of(device)));
        commands.addAll(TableElements.commands("add", elements));
        return commands;
    }

    /** How a saved file of this layout begins; what follows are the devices. */
    private static String head(TableLayout layout) {
        String whole = NftJson.document(document(layout, List.of()));
        return whole.substring(0, whole.indexOf("{\"add\":{\"element\""));
    }

    private String unit() {
        String load = "/usr/sbin/nft -j -f " + connection.realPath(RULES);
        return """
                [Unit]
                Description=Funkstille: devices are silent before the network is up
                DefaultDependencies=no
                Wants=network-pre.target
                Before=network-pre.target shutdown.target
                Conflicts=shutdown.target
                After=nftables.service
                PartOf=nftables.service
                ReloadPropagatedFrom=nftables.service

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=%s
                ExecReload=%s

                [Install]
                WantedBy=sysinit.target
                """.formatted(load, load);
    }
}
