package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.funkstille.kernel.Command;
import org.funkstille.lab.router.Router;

/**
 * Lets nothing through while the router boots: OPNsense does not forward packets before its rules are loaded. In the lab
 * it is a unit that runs before the network is up.
 */
final class BootGuard {

    private static final String UNIT = "opnsense-boot.service";
    private static final String RULES = """
            table inet boot {
              chain forward {
                type filter hook forward priority -100; policy drop;
              }
            }
            """;

    private final Router router;

    BootGuard(Router router) {
        this.router = router;
    }

    private Path units() {
        return router.root().resolve("etc/systemd/system");
    }

    private Path wanted() {
        return units().resolve("multi-user.target.wants").resolve(UNIT);
    }

    void install() throws IOException {
        Path rules = router.root().resolve("etc/opnsense-boot.nft");
        Files.writeString(rules, RULES);
        Files.writeString(units().resolve(UNIT), """
                [Unit]
                Before=network-pre.target
                [Service]
                Type=oneshot
                ExecStart=nft -f %s
                """.formatted(rules));
        Files.deleteIfExists(wanted());
        Files.createSymbolicLink(wanted(), Path.of("..", UNIT));
    }

    /** The rules are there. */
    void lift() throws IOException, InterruptedException {
        router.host().run(Command.of("nft", "-f", "-").withInput("add table inet boot\ndelete table inet boot\n"));
    }

    void remove() throws IOException {
        Files.deleteIfExists(wanted());
    }
}
