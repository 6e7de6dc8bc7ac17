package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;

/**
 * Leases and pinned addresses, whichever server gives them. Dnsmasq takes nearly everything (seen on 25.7.11 to 26.7.2: an
 * address outside every network, one MAC twice, in capitals or with hyphens), so what makes no sense is refused here.
 */
final class Dhcp {

    private final Home home;
    private final List<DhcpServer> all;

    Dhcp(Home home, OpnSenseApi api) {
        this.home = home;
        this.all = List.of(new KeaDhcp(api), new DnsmasqDhcp(api), new IscDhcp(api));
    }

    /** Those that serve now; one whose state we may not see does not count. */
    List<DhcpServer> serving() throws RouterException {
        List<DhcpServer> serving = new ArrayList<>();
        for (DhcpServer server : all) {
            if (serves(server)) {
                serving.add(server);
            }
        }
        return serving;
    }

    private static boolean serves(DhcpServer server) throws RouterException {
        try {
            return server.serves();
        } catch (RouterException.NotPermitted forbidden) {
            if (Privileges.lacking(forbidden)) {
                return false;
            }
            throw forbidden;
        }
    }

    /**
     * What was read of the servers.
     *
     * @param reservations ours, and the owner's own where they do what we would
     */
    record Reading(List<Lease> leases, List<Reservation> reservations, Optional<Caveat> caveat) {}

    Reading read() throws RouterException {
        List<Lease> leases = new ArrayList<>();
        List<Reservation> reservations = new ArrayList<>();
        List<DhcpServer> serving = serving();
        for (DhcpServer server : serving) {
            leases.addAll(server.leases());
            for (StaticHost host : server.hosts()) {
                reservations.addAll(reservations(host));
            }
        }
        boolean pins = serving.stream().anyMatch(DhcpServer::pins);
        return new Reading(leases, reservations, pins ? Optional.empty() : Optional.of(byHand(serving)));
    }

    private List<Reservation> reservations(StaticHost host) {
        Optional<String> device = host.device();
        if (device.isPresent()) {
            return host.inForce() ? host.reservations(device.get()) : List.of();
        }
        return WantedRules.reservations(home).stream().filter(host::does).toList();
    }

    private Caveat byHand(List<DhcpServer> serving) {
        List<String> steps = WantedRules.reservations(home).stream()
                .map(reservation -> reservation.mac() + " to " + Addresses.text(reservation.address()) + " ("
                        + reservation.device() + ")")
                .toList();
        String what = serving.isEmpty()
                ? "no DHCP server that Funkstille can see runs on this router"
                : "this router serves DHCP with ISC DHCPv4, whose static mappings no program can write";
        String how = steps.isEmpty()
                ? ""
                : "; pin by hand (Services > ISC DHCPv4 > the device's interface > DHCP Static Mappings): "
                        + String.join(", ", steps);
        return new Caveat(Caveat.Kind.NO_RESERVATIONS, what + how + ". The rules hold by address: see that they stay");
    }

    void reserve(Reservation reservation, Legs legs) throws RouterException {
        DhcpServer server = pinning();
        String wanted = reservation.device() + " cannot be pinned to " + Addresses.text(reservation.address()) + ": ";
        if (Family.of(reservation.address()) != Family.IPV4) {
            throw new RouterException.Refused(wanted + "only IPv4 addresses are pinned");
        }
        if (!legs.hasPrefixWith(reservation.address())) {
            throw new RouterException.Refused(
                    wanted + "the address lies in none of the router's networks; change address: in the configuration");
        }
        for (StaticHost host : server.hosts()) {
            if (host.device().filter(reservation.device()::equals).isPresent()) {
                // Ours, of before.
                server.remove(host);
            } else if (host.does(reservation)) {
                return;
            } else {
                refuseTaken(wanted, host, reservation);
            }
        }
        for (Lease lease : server.leases()) {
            if (lease.address().equals(reservation.address()) && !lease.mac().equals(reservation.mac())) {
                throw new RouterException.Refused(wanted + lease.mac()
                        + " holds that address now, by lease: choose one outside the range, or wait until it is free");
            }
        }
        server.reserve(reservation);
        server.takeOver();
        boolean pinned = server.hosts().stream().anyMatch(host -> host.does(reservation));
        if (!pinned) {
            throw new RouterException.ReadBackDiffers(
                    List.of(server.name() + " does not pin " + Addresses.text(reservation.address())));
        }
    }

    private static void refuseTaken(String wanted, StaticHost host, Reservation reservation)
            throws RouterException.Refused {
        String other = "the entry \"" + host.description() + "\" ("
                + String.join(
                        ", ", host.addresses().stream().map(Addresses::text).toList()) + ")";
        if (host.macs().contains(reservation.mac())) {
            throw new RouterException.Refused(wanted + other + " pins " + reservation.mac() + " already; remove it");
        }
        if (host.addresses().contains(reservation.address())) {
            throw new RouterException.Refused(wanted + other + " has that address already; remove it");
        }
    }

    void unreserve(Reservation reservation) throws RouterException {
        DhcpServer server = pinning();
        boolean removed = false;
        for (StaticHost host : server.hosts()) {
            boolean ours = host.device().filter(reservation.device()::equals).isPresent()
                    && host.reservations(reservation.device()).contains(reservation);
            if (ours) {
                server.remove(host);
                removed = true;
            }
        }
        if (removed) {
            server.takeOver();
        }
    }

    private DhcpServer pinning() throws RouterException {
        return serving().stream()
                .filter(DhcpServer::pins)
                .findFirst()
                .orElseThrow(() -> new RouterException.Refused(
                        "no DHCP server runs on the router that can be told to pin an address"));
    }

    /** Takes away all of ours, from every server, whether it serves or not. */
    Map<String, InetAddress> removeAll() throws RouterException {
        Map<String, InetAddress> removed = new LinkedHashMap<>();
        for (DhcpServer server : all) {
            boolean changed = false;
            for (StaticHost host : hostsIfAny(server)) {
                if (host.device().isPresent()) {
                    server.remove(host);
                    host.addresses()
                            .forEach(address -> removed.put(host.device().orElse(""), address));
                    changed = true;
                }
            }
            if (changed && serves(server)) {
                server.takeOver();
            }
        }
        return removed;
    }

    /** Of a server that we may not see we made nothing. */
    private static List<StaticHost> hostsIfAny(DhcpServer server) throws RouterException {
        try {
            return server.hosts();
        } catch (RouterException.NotPermitted forbidden) {
            if (Privileges.lacking(forbidden)) {
                return List.of();
            }
            throw forbidden;
        }
    }
}
