package org.funkstille.bench.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.funkstille.bench.Stage;
import org.funkstille.bench.home.LargeHome;
import org.funkstille.bench.packets.Burst;
import org.funkstille.bench.packets.Frames;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Counts;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/**
 * A router that tracks connections, a cable to where all its devices are, and one to the outside.
 *
 * @param devices the namespace that all devices send from
 * @param file the configuration
 */
record Premises(NetworkNamespace devices, LargeHome home, Path file, Path journal) {

    private static final Mac ROUTER_MAC = Mac.parse("02:00:00:00:00:01");

    static Premises build(Stage stage, int number) throws IOException, InterruptedException {
        NetworkNamespace router = stage.namespace("r");
        NetworkNamespace devices = stage.namespace("d");
        NetworkNamespace outside = stage.namespace("o");
        stage.cable(devices, "e0", router, LargeHome.INTERFACE);
        stage.cable(router, "wan0", outside, "e0");
        stage.ip(router, "link set " + LargeHome.INTERFACE + " address " + ROUTER_MAC);
        stage.ip(router, "addr add " + LargeHome.ROUTER_ADDRESS + " dev " + LargeHome.INTERFACE);
        stage.ip(router, "addr add 198.51.100.1/24 dev wan0");
        stage.ip(router, "route add default via 198.51.100.2");
        stage.set(router, "net.ipv4.ip_forward", 1);
        stage.rules(router, """
                table ip nat-router {
                    chain out { type nat hook postrouting priority 100; oifname "wan0" masquerade; }
                }
                """);
        Files.createDirectories(stage.folder().resolve("root/etc/systemd/system/sysinit.target.wants"));
        LargeHome home = new LargeHome(router, stage.folder().resolve("root"), number);
        Path journal = stage.folder().resolve("journal.db");
        Path file = Files.writeString(stage.folder().resolve("funkstille.yaml"), home.yaml(journal));
        return new Premises(devices, home, file, journal);
    }

    /** Every device calls each of so many servers, in turns. */
    Burst phoningHome(int servers) throws Exception {
        return Burst.frames(devices, "e0", Frames.phoningHome(home.all(), ROUTER_MAC, servers));
    }

    /** Packets that the rules refused, by the router's own counters. */
    long refused() throws RouterException {
        try (RouterDriver driver = home.driver()) {
            return driver.observe().counts().values().stream()
                    .mapToLong(Counts::refused)
                    .sum();
        }
    }
}
