package org.funkstille.lab.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A real DHCP client, udhcpc, on a device's card. */
public final class DhcpClient {

    /** udhcpc only talks; what the answers mean for the card is left to this script. */
    private static final String SCRIPT = """
            #!/bin/sh
            case "$1" in
              deconfig)
                ip -4 address flush dev "$interface"
                ;;
              bound|renew)
                ip address replace "$ip/$mask" brd + dev "$interface"
                ip -4 address show dev "$interface" | while read -r word address rest; do
                  [ "$word" = inet ] && [ "$address" != "$ip/$mask" ] && ip address del "$address" dev "$interface"
                done
                [ -n "$router" ] && ip route replace default via "${router%% *}" dev "$interface"
                for server in $dns; do echo "nameserver $server"; done >"$RESOLVERS.new"
                mv "$RESOLVERS.new" "$RESOLVERS"
                ;;
            esac
            exit 0
            """;

    private final Host host;
    private final Processes processes;
    private final Optional<String> hostName;
    private @Nullable RunningProcess client;

    /** @param hostName what the device calls itself (option 12) */
    public DhcpClient(Host host, Processes processes, Optional<String> hostName) {
        this.host = host;
        this.processes = processes;
        this.hostName = hostName;
    }

    /** Asks for an address as a device does that was just plugged in. Does not wait for the answer. */
    public synchronized void start() throws IOException, InterruptedException {
        stop();
        Path directory = host.lab().directory();
        List<String> argv = new ArrayList<>(List.of(
                "udhcpc", "-f", "-i", Card.INTERFACE, "-t", "5", "-T", "1", "-A", "1", "-s", script(directory)));
        hostName.ifPresent(name -> argv.addAll(List.of("-x", "hostname:" + name)));
        Map<String, String> environment =
                Map.of("RESOLVERS", host.lab().resolverFile(host.name()).toString());
        client = processes.start(
                host, argv, environment, directory.resolve(host.name().text() + "-dhcp.log"));
    }

    /** Ends the client. The address stays, as on a device that forgot that it was lent. */
    public synchronized void stop() throws IOException, InterruptedException {
        if (client != null) {
            processes.end(client);
            client = null;
        }
    }

    private static String script(Path directory) throws IOException {
        Path script = directory.resolve("udhcpc-script");
        if (!Files.exists(script)) {
            Path draft = Files.createTempFile(
                    directory,
                    "udhcpc",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Files.writeString(draft, SCRIPT);
            Files.move(draft, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return script.toString();
    }
}
