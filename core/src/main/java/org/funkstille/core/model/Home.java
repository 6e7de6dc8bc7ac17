package org.funkstille.core.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * What the owner wants: the content of {@code funkstille.yaml}. Names are unique within their kind, every reference
 * points to something that exists; the reader in {@code config} sees to it.
 *
 * @param strict true counts residual ways as leaks
 */
public record Home(
        List<Router> routers, List<Network> networks, List<Device> devices, JournalSettings journal, boolean strict) {

    public Home {
        routers = List.copyOf(routers);
        networks = List.copyOf(networks);
        devices = List.copyOf(devices);
    }

    /** True where some router offers services that could pass on what a device tells it; so until somebody says no. */
    public boolean services() {
        return routers.isEmpty() || routers.stream().anyMatch(Router::services);
    }

    public Optional<Device> device(String name) {
        return devices.stream().filter(device -> device.name().equals(name)).findFirst();
    }

    public Optional<Device> deviceWith(Mac mac) {
        return devices.stream().filter(device -> device.macs().contains(mac)).findFirst();
    }

    public Optional<Device> devicePinnedTo(InetAddress address) {
        return devices.stream()
                .filter(device -> device.address().filter(address::equals).isPresent())
                .findFirst();
    }

    public Optional<Network> network(String name) {
        return networks.stream().filter(network -> network.name().equals(name)).findFirst();
    }

    /** The networks of the house; everything else is outside. */
    public List<Network> inside() {
        return networks.stream().filter(Network::inside).toList();
    }
}
