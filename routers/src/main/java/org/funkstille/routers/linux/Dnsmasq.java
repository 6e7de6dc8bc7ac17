package org.funkstille.routers.linux;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Router;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterConnection;
import org.funkstille.routers.RouterException;

/**
 * Pins addresses in dnsmasq. Each reservation is a file of its own in the directory that {@code dhcp-hostsdir=} names,
 * which dnsmasq watches (2.73 and later); a new file counts at once, a removed one only after SIGHUP (seen with 2.90).
 */
final class Dnsmasq {

    /** File names carry the mark; dnsmasq passes over names that begin with a dot. */
    private static final String FILE_MARK = "funkstille-";

    private static final String DEFAULT_LEASES = "/var/lib/misc/dnsmasq.leases";
    private static final List<String> PID_FILES = List.of(
            "/run/dnsmasq/dnsmasq.pid", "/var/run/dnsmasq/dnsmasq.pid", "/run/dnsmasq.pid", "/var/run/dnsmasq.pid");

    private final RouterConnection connection;
    private final Optional<Router.DhcpFiles> named;

    Dnsmasq(RouterConnection connection, Optional<Router.DhcpFiles> named) {
        this.connection = connection;
        this.named = named;
    }

    /** The files of the configuration, or those that dnsmasq's own configuration names. */
    Optional<Router.DhcpFiles> files() throws RouterException {
        if (named.isPresent()) {
            return named;
        }
        List<String> lines = new ArrayList<>(lines("/etc/dnsmasq.conf"));
        for (String file : connection.listFolder("/etc/dnsmasq.d")) {
            // As dnsmasq passes them over (dnsmasq(8), conf-dir); a folder there is none of its files.
            if (!file.startsWith(".") && !file.endsWith("~") && !file.endsWith("/")) {
                lines.addAll(lines("/etc/dnsmasq.d/" + file));
            }
        }
        Optional<String> leases = option(lines, "dhcp-leasefile");
        return option(lines, "dhcp-hostsdir").map(hosts -> new Router.DhcpFiles(hosts, leases.orElse(DEFAULT_LEASES)));
    }

    private List<String> lines(String path) throws RouterException {
        return connection.readFile(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    private static Optional<String> option(List<String> lines, String name) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1).split(",")[0].strip())
                .findFirst();
    }

    List<Reservation> reservations(Router.DhcpFiles files) throws RouterException {
        List<Reservation> found = new ArrayList<>();
        for (String file : connection.listFolder(files.hosts())) {
            if (!file.startsWith(FILE_MARK)) {
                continue;
            }
            String device = file.substring(FILE_MARK.length());
            for (String line : lines(files.hosts() + "/" + file)) {
                reservation(device, line).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Reservation> reservation(String device, String line) {
        String[] parts = line.strip().split(",");
        if (parts.length != 2) {
            return Optional.empty();
        }
        return Mac.tryParse(parts[0])
                .flatMap(mac -> Addresses.tryParse(parts[1]).map(address -> new Reservation(device, mac, address)));
    }

    void reserve(Reservation reservation) throws RouterException {
        Router.DhcpFiles files = required();
        connection.writeFile(
                files.hosts() + "/" + FILE_MARK + reservation.device(),
                reservation.mac() + "," + Addresses.text(reservation.address()) + "\n");
    }

    void unreserve(Reservation reservation) throws RouterException {
        Router.DhcpFiles files = required();
        if (connection.deleteFile(files.hosts() + "/" + FILE_MARK + reservation.device())) {
            rereadFiles();
        }
    }

    private Router.DhcpFiles required() throws RouterException {
        return files().orElseThrow(() -> new RouterException.Refused("dnsmasq on the router names no dhcp-hostsdir"));
    }

    /** SIGHUP to the dnsmasq of this router; one that is not running will read its files when it starts. */
    private void rereadFiles() throws RouterException {
        for (String file : PID_FILES) {
            Optional<String> pid = connection.readFile(file).map(String::strip).filter(text -> text.matches("[0-9]+"));
            if (pid.isPresent()
                    && connection
                            .run("cat", "/proc/" + pid.get() + "/comm")
                            .out()
                            .strip()
                            .equals("dnsmasq")) {
                connection.run("kill", "-HUP", pid.get());
                return;
            }
        }
    }

    /** The lease file has a line for each lease: expiry, MAC, address, host name or *, client id or *. */
    List<Lease> leases(Router.DhcpFiles files) throws RouterException {
        List<Lease> leases = new ArrayList<>();
        for (String line : lines(files.leases())) {
            String[] parts = line.split(" ");
            if (parts.length >= 4 && parts[0].matches("[0-9]{1,12}")) {
                long expiry = Long.parseLong(parts[0]);
                Optional<String> name = Optional.of(parts[3]).filter(text -> !text.equals("*"));
                Optional<Instant> expires = expiry == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(expiry));
                Mac.tryParse(parts[1])
                        .ifPresent(mac -> Addresses.tryParse(parts[2])
                                .ifPresent(address -> leases.add(new Lease(mac, address, name, expires))));
            }
        }
        return leases;
    }
}
