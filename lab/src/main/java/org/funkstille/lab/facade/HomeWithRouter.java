package org.funkstille.lab.facade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.funkstille.lab.Lab;
import org.funkstille.lab.network.HostName;

/** Writes the home of a lab for another router than the lab's own. Funkstille plays on the hub then. */
public final class HomeWithRouter {

    private final Lab lab;

    public HomeWithRouter(Lab lab) {
        this.lab = lab;
    }

    /**
     * @param type as the configuration names it
     * @param keys further keys of the router, a line each
     * @param refuseIpv6 true where the network of devices gives IPv6 to nobody
     */
    public String yaml(String type, String keys, boolean refuseIpv6) {
        String home = lab.homeYaml();
        String router = """
                routers:
                  - name: home
                    type: %s
                    via: https://192.168.1.1
                    namespace: %s
                """.formatted(type, lab.name().namespaceName(HostName.HUB)) + keys.indent(4);
        String changed = router + home.substring(home.indexOf("networks:"));
        return refuseIpv6 ? changed.replace("{name: iot,", "{name: iot, refuse-ipv6: true,") : changed;
    }

    /** A file that only its owner may read. */
    public Path secret(String text) throws IOException {
        Path file = lab.directory().resolve("router.secret");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text, StandardOpenOption.WRITE);
    }
}
