package org.funkstille.discovery.network;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.funkstille.core.net.Mac;

/** An interface of this machine that is up and has an address. */
public record OwnInterface(String name, Optional<Mac> mac, List<OwnAddress> addresses) {

    /** Bridges and cables of containers and virtual machines: what is behind them lives on this machine. */
    private static final Pattern CONTAINERS =
            Pattern.compile("(docker|br-|veth|virbr|vnet|lxc|lxd|podman|cni|flannel|cali|tap)[^\\s]*");

    public OwnInterface {
        addresses = List.copyOf(addresses);
    }

    /** False where only containers or virtual machines of this machine are behind it. */
    public boolean leadsToPeople() {
        return !CONTAINERS.matcher(name).matches();
    }

    /** Its first IPv4 address that is not link-local. */
    public Optional<OwnAddress> ipv4() {
        return addresses.stream()
                .filter(own ->
                        own.address() instanceof Inet4Address && !own.address().isLinkLocalAddress())
                .findFirst();
    }
}
