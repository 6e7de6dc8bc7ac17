package org.funkstille.lab.network;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;

/** Reads which addresses a device's card has at this moment. */
public final class CardAddresses {

    /** The JDK reads {@code /proc/net}, which shows the process's namespace and not the thread's. */
    private static final Path IPV6 = Path.of("/proc/thread-self/net/if_inet6");

    private static final String SCOPE_GLOBAL = "00";

    private final Host host;

    public CardAddresses(Host host) {
        this.host = host;
    }

    public Optional<InetAddress> ipv4() throws IOException, InterruptedException {
        return host.inside(() -> {
            NetworkInterface card = NetworkInterface.getByName(Card.INTERFACE);
            return card == null
                    ? Optional.empty()
                    : card.inetAddresses()
                            .filter(Inet4Address.class::isInstance)
                            .findFirst();
        });
    }

    /** The addresses of global scope, which are the unique local ones too (RFC 4193 3.3). */
    public List<InetAddress> ipv6() throws IOException, InterruptedException {
        List<String> lines = host.inside(() -> Files.readAllLines(IPV6));
        return lines.stream()
                .map(line -> line.trim().split(" +"))
                .filter(fields -> fields[5].equals(Card.INTERFACE) && fields[3].equals(SCOPE_GLOBAL))
                .map(fields -> Addresses.of(HexFormat.of().parseHex(fields[0])))
                .toList();
    }
}
