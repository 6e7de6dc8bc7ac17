package org.funkstille.lab.device;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.cloud.DnsMessage;
import org.funkstille.lab.network.Host;

/** Resolves names as a small device does: one question, a short wait, and the last known answer where none comes. */
final class DnsClient {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int PORT = 53;
    private static final int LARGEST_ANSWER = 1500;

    private final Host host;
    private final Calls calls;
    private final Map<String, List<InetAddress>> known = new ConcurrentHashMap<>();

    DnsClient(Host host, Calls calls) {
        this.host = host;
        this.calls = calls;
    }

    /** Asks the resolver that DHCP named for both families. */
    void refresh(String name) throws IOException, InterruptedException {
        for (InetAddress resolver : resolvers()) {
            for (Family family : Family.values()) {
                ask(resolver, name, family);
            }
        }
    }

    /** What was learned last; before any answer, what the device kept from its last days online. */
    Stream<InetAddress> known(String name, Family family) {
        return known.getOrDefault(key(name, family), CloudNames.resolve(name, family)).stream();
    }

    /** Asks one resolver, and keeps what it says. Silence is nothing to complain about. */
    void ask(InetAddress resolver, String name, Family family) throws IOException, InterruptedException {
        calls.attempted();
        int id = ThreadLocalRandom.current().nextInt(0x10000);
        try (DatagramChannel channel = host.inside(() -> DatagramChannel.open(
                Family.of(resolver) == Family.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6))) {
            ByteBuffer question =
                    ByteBuffer.wrap(DnsMessage.question(id, name, family).encode());
            channel.send(question, new InetSocketAddress(resolver, PORT));
            channel.socket().setSoTimeout((int) PATIENCE.toMillis());
            DatagramPacket answer = new DatagramPacket(new byte[LARGEST_ANSWER], LARGEST_ANSWER);
            channel.socket().receive(answer);
            calls.answered();
            DnsMessage.decode(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()))
                    .filter(message ->
                            message.id() == id && !message.addresses().isEmpty())
                    .ifPresent(message -> known.put(key(name, family), message.addresses()));
        }
    }

    private List<InetAddress> resolvers() throws IOException {
        return Files.readAllLines(host.lab().resolverFile(host.name())).stream()
                .filter(line -> line.startsWith("nameserver "))
                .flatMap(line -> Addresses.tryParse(
                        line.substring("nameserver ".length()).strip())
                        .stream())
                .toList();
    }

    private static String key(String name, Family family) {
        return name + "/" + family;
    }
}
