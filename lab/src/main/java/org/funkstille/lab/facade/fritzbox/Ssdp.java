package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.Segment;

/**
 * Answers those who search for a router (SSDP, UPnP Device Architecture 1.0, 1.2). It says nothing by itself: boxes do
 * not announce themselves ("TR-064 First Steps" 2.1.1).
 */
final class Ssdp implements AutoCloseable {

    private static final InetAddress GROUP = Addresses.parse("239.255.255.250");
    private static final int PORT = 1900;
    private static final List<String> WIDE = List.of("ssdp:all", "upnp:rootdevice");

    private final DatagramChannel channel;
    private final Release release;

    private Ssdp(DatagramChannel channel, Release release) {
        this.channel = channel;
        this.release = release;
    }

    static Ssdp open(Host router, Release release) throws IOException, InterruptedException {
        DatagramChannel channel = router.inside(() -> {
            DatagramChannel made = DatagramChannel.open(StandardProtocolFamily.INET)
                    .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(new InetSocketAddress(PORT));
            for (Segment segment : Segment.values()) {
                made.join(GROUP, NetworkInterface.getByName(segment.routerInterface()));
            }
            return made;
        });
        Ssdp ssdp = new Ssdp(channel, release);
        Thread.startVirtualThread(ssdp::serve);
        return ssdp;
    }

    private void serve() {
        ByteBuffer datagram = ByteBuffer.allocate(2000);
        while (channel.isOpen()) {
            try {
                datagram.clear();
                if (channel.receive(datagram) instanceof InetSocketAddress client) {
                    String message =
                            StandardCharsets.US_ASCII.decode(datagram.flip()).toString();
                    Optional<String> answer = answer(message, client);
                    if (answer.isPresent()) {
                        channel.send(ByteBuffer.wrap(answer.get().getBytes(StandardCharsets.US_ASCII)), client);
                    }
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException unreachable) {
                // one client that cannot be answered
            }
        }
    }

    private Optional<String> answer(String message, InetSocketAddress client) {
        if (!message.startsWith("M-SEARCH * HTTP/1.1\r\n")
                || !header(message, "MAN").contains("\"ssdp:discover\"")) {
            return Optional.empty();
        }
        String target = header(message, "ST");
        Optional<String> leg = ownAddress(client.getAddress());
        boolean meant = target.equals(DeviceDescription.TYPE) || WIDE.contains(target);
        if (!meant || leg.isEmpty()) {
            return Optional.empty();
        }
        String found = target.equals("ssdp:all") ? DeviceDescription.TYPE : target;
        return Optional.of(String.join(
                        "\r\n",
                        "HTTP/1.1 200 OK",
                        "LOCATION: http://" + leg.get() + ":49000/tr64desc.xml",
                        "SERVER: FRITZ!Box 7590 UPnP/1.0 AVM FRITZ!Box 7590 " + release.display(),
                        "CACHE-CONTROL: max-age=1800",
                        "EXT:",
                        "ST: " + found,
                        "USN: " + DeviceDescription.UDN + "::" + found)
                + "\r\n\r\n");
    }

    /** The box's address in the network of a client; from outside nobody is answered. */
    private static Optional<String> ownAddress(InetAddress client) {
        for (Segment segment : Segment.values()) {
            if (Prefix.parse(segment.ipv4Prefix()).contains(client)) {
                return Optional.of(segment.routerIpv4());
            }
        }
        return Optional.empty();
    }

    private static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
