package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.Mark;

/** Leases and static mappings of the DHCP server, whichever of the two pfSense runs. */
final class PfSenseDhcp {

    private static final String MAPPINGS = "services/dhcp_server/static_mappings";
    private static final String APPLY = "services/dhcp_server/apply";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");

    /** Words of {@code active_status} for an address that nobody holds any more. */
    private static final Set<String> OVER = Set.of("expired", "released", "free", "abandoned", "declined");

    private final PfSenseApi api;

    PfSenseDhcp(PfSenseApi api) {
        this.api = api;
    }

    List<Lease> leases(ZoneId zone) throws RouterException {
        List<Lease> leases = new ArrayList<>();
        for (Item item : api.list("status/dhcp_server/leases")) {
            Optional<Mac> mac = item.text("mac").flatMap(Mac::tryParse);
            Optional<InetAddress> address = item.text("ip").flatMap(Addresses::tryParse);
            if (mac.isPresent() && address.isPresent() && !OVER.contains(item.textOr("active_status", ""))) {
                leases.add(new Lease(
                        mac.get(),
                        address.get(),
                        item.text("hostname").filter(name -> !name.isEmpty()),
                        item.text("ends").flatMap(text -> time(text, zone))));
            }
        }
        return leases;
    }

    private static Optional<Instant> time(String text, ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.parse(text, TIME).atZone(zone).toInstant());
        } catch (DateTimeException never) {
            return Optional.empty();
        }
    }

    /** A static mapping, anybody's. */
    record Mapping(String parent, Mac mac, InetAddress address, String description) {

        Optional<Mark> mark() {
            return Mark.tryParse(description);
        }
    }

    List<Mapping> mappings() throws RouterException {
        List<Mapping> mappings = new ArrayList<>();
        for (Item item : api.list(MAPPINGS)) {
            Optional<Mac> mac = item.text("mac").flatMap(Mac::tryParse);
            Optional<InetAddress> address = item.text("ipaddr").flatMap(Addresses::tryParse);
            if (mac.isPresent() && address.isPresent()) {
                mappings.add(
                        new Mapping(item.textOr("parent_id", ""), mac.get(), address.get(), item.textOr("descr", "")));
            }
        }
        return mappings;
    }

    /** Ours, and those that somebody else made just as they are wanted. */
    static List<Reservation> reservations(List<Mapping> mappings, List<Reservation> wanted) {
        List<Reservation> reservations = new ArrayList<>();
        for (Mapping mapping : mappings) {
            Optional<Reservation> same = wanted.stream()
                    .filter(one ->
                            one.mac().equals(mapping.mac()) && one.address().equals(mapping.address()))
                    .findFirst();
            if (mapping.mark().isPresent()) {
                reservations.add(new Reservation(mapping.mark().get().owner(), mapping.mac(), mapping.address()));
            } else {
                same.ifPresent(reservations::add);
            }
        }
        return reservations;
    }

    void reserve(Reservation reservation, PfSenseInterfaces interfaces) throws RouterException {
        String address = Addresses.text(reservation.address());
        String about = reservation.device() + ": cannot pin " + reservation.mac() + " to " + address + ": ";
        PfSenseInterfaces.Leg leg = interfaces
                .holding(reservation.address())
                .orElseThrow(
                        () -> new RouterException.Refused(about + "the address is in none of the router's networks"));
        for (Mapping mapping : mappings()) {
            // pfSense would take two MACs for one address, and two hosts would fight for it.
            if (mapping.address().equals(reservation.address())
                    && !mapping.mac().equals(reservation.mac())) {
                throw new RouterException.Refused(about + "the router has already pinned this address to "
                        + mapping.mac() + " (\"" + mapping.description() + "\"); choose another, or delete that"
                        + " mapping in Services > DHCP Server");
            }
            if (mapping.mac().equals(reservation.mac())
                    && mapping.parent().equals(leg.id())
                    && mapping.mark().isEmpty()) {
                throw new RouterException.Refused(about + "the router has already a static mapping of its owner for"
                        + " this MAC, to " + Addresses.text(mapping.address())
                        + "; name that address in the configuration, or delete that mapping");
            }
        }
        JsonObject mapping = JsonObject.create()
                .add("parent_id", leg.id())
                .add("mac", reservation.mac().toString())
                .add("ipaddr", address)
                .add("descr", new Mark(reservation.device(), "").toString());
        PfSenseAnswer answer = api.tryPost("services/dhcp_server/static_mapping", mapping);
        if (!answer.ok()) {
            throw new RouterException.Refused(about + plain(answer, leg) + " (" + answer.words() + ")");
        }
        apply();
    }

    private static String plain(PfSenseAnswer answer, PfSenseInterfaces.Leg leg) {
        return switch (answer.responseId()) {
            case "DHCP_SERVER_STATIC_MAPPING_IPADDR_OVERLAPS_EXISTING_OBJECT" ->
                "the address lies in the pool that the DHCP server of " + leg.title()
                        + " gives to anyone, or is a virtual address of the router; choose one outside, or make the pool"
                        + " smaller in Services > DHCP Server";
            case "DHCP_SERVER_STATIC_MAPPING_IPADDR_NOT_WITHIN_SUBNET" ->
                "the address is not in the network of " + leg.title();
            default -> "the router does not take it";
        };
    }

    void unreserve(Reservation reservation) throws RouterException {
        boolean removed = false;
        for (Mapping mapping : mappings()) {
            if (mapping.mark()
                            .filter(mark -> mark.owner().equals(reservation.device()))
                            .isPresent()
                    && mapping.mac().equals(reservation.mac())
                    && mapping.address().equals(reservation.address())) {
                remove(mapping);
                removed = true;
            }
        }
        if (removed) {
            apply();
        }
    }

    /** @return what was taken away, a line each */
    List<String> removeOurs() throws RouterException {
        List<String> removed = new ArrayList<>();
        for (Mapping mapping : mappings()) {
            Optional<Mark> mark = mapping.mark();
            if (mark.isPresent()) {
                remove(mapping);
                removed.add("reservation of " + Addresses.text(mapping.address()) + " for "
                        + mark.get().owner());
            }
        }
        if (!removed.isEmpty()) {
            apply();
        }
        return removed;
    }

    private void remove(Mapping mapping) throws RouterException {
        api.delete(
                MAPPINGS,
                Map.of(
                        "parent_id",
                        mapping.parent(),
                        "ipaddr",
                        Addresses.text(mapping.address()),
                        "descr",
                        mapping.description()));
    }

    private void apply() throws RouterException {
        api.post(APPLY, JsonObject.create());
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!api.one(APPLY).is("applied")) {
            if (System.nanoTime() > limit) {
                throw new RouterException.ReadBackDiffers(
                        List.of("its DHCP server has not taken the change within " + PATIENCE.toSeconds() + " s"));
            }
            Pause.of(BETWEEN_LOOKS);
        }
    }
}
