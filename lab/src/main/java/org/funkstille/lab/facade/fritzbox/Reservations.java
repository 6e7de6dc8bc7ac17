package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.kernel.Command;
import org.funkstille.lab.router.Router;

/**
 * "Always assign the same IPv4 address", told to the DHCP server of the lab: a file for each device. dnsmasq sees a new
 * or changed file by itself, but that one is gone only after SIGHUP (dnsmasq(8), {@code --dhcp-hostsdir}).
 */
final class Reservations {

    private final Router router;

    Reservations(Router router) {
        this.router = router;
    }

    /** Tells what a device is to get; nothing: whatever is free. */
    void write(Mac mac, Optional<InetAddress> address) throws IOException, InterruptedException {
        Path file = router.dhcpHosts().resolve("fritzbox-" + mac.toString().replace(':', '-'));
        if (address.isPresent()) {
            Files.writeString(file, mac + "," + Addresses.text(address.get()) + "\n");
        } else if (Files.deleteIfExists(file)) {
            reread();
        }
    }

    private void reread() throws IOException, InterruptedException {
        Path pidFile = router.root().resolve("run/dnsmasq.pid");
        if (Files.exists(pidFile)) {
            Command.of("kill", "-HUP", Files.readString(pidFile).strip()).run();
        }
    }
}
