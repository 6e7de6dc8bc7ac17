package org.funkstille.lab.device;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.Segment;
import org.funkstille.lab.network.UdpServer;
import org.funkstille.lab.network.Waiting;

/**
 * The owner's hub in the LAN, with a fixed address: listens to the gateway's multicast, and asks it now and then, as
 * Home Assistant and others do.
 */
public final class Hub extends Station {

    /** Its address, set by hand. */
    public static final InetAddress ADDRESS = Addresses.parse(Segment.LAN.ipv4(10));

    /** Where it looks for the gateway before it has heard from it. */
    private static final InetAddress USUAL_GATEWAY = Addresses.parse(Segment.IOT.ipv4(50));

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final int LARGEST_MESSAGE = 4096;

    private final HubCounters counters = new HubCounters();
    private final Routines routines = new Routines();
    private final UdpServer listener;

    public Hub(Surroundings surroundings) throws IOException, InterruptedException {
        super(HostName.HUB, surroundings, Optional.empty());
        this.listener =
                UdpServer.open(host(), Addresses.parse("0.0.0.0"), LumiLan.COMMANDS, (sender, served, message) -> {
                    counters.heard(sender, LumiLan.text(message));
                    return Optional.empty();
                });
    }

    @Override
    void takeFirstAddress() throws IOException, InterruptedException {
        moveTo(ADDRESS);
        Files.writeString(host().lab().resolverFile(HostName.HUB), "nameserver " + Segment.LAN.routerIpv4() + "\n");
    }

    @Override
    void live() throws IOException, InterruptedException {
        listener.join(LumiLan.GROUP);
        routines.repeat(surroundings().pace().poll(), this::poll);
    }

    private void poll() throws IOException, InterruptedException {
        InetAddress gateway =
                reports().lastSource().map(InetSocketAddress::getAddress).orElse(USUAL_GATEWAY);
        counters.asked();
        if (ask(new InetSocketAddress(gateway, LumiLan.COMMANDS), "{\"cmd\":\"get_id_list\"}", ANSWER_LIMIT)
                .isPresent()) {
            counters.answered();
        }
    }

    /** Sends a message from a port of its own and waits for the answer to it. */
    public Optional<String> ask(InetSocketAddress gateway, String message, Duration patience)
            throws IOException, InterruptedException {
        try (DatagramChannel channel = host().inside(() -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            channel.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), gateway);
            channel.socket().setSoTimeout((int) patience.toMillis());
            DatagramPacket answer = new DatagramPacket(new byte[LARGEST_MESSAGE], LARGEST_MESSAGE);
            channel.socket().receive(answer);
            return Optional.of(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8));
        } catch (SocketTimeoutException noAnswer) {
            return Optional.empty();
        }
    }

    /** What it has heard so far. */
    public HubReports reports() {
        return counters.snapshot();
    }

    /**
     * Waits for that many more reports than it has heard.
     *
     * @return false where they did not come in time
     */
    public boolean awaitReports(long further, Duration patience) throws InterruptedException {
        long wanted = reports().reports() + further;
        return Waiting.<RuntimeException>until(() -> reports().reports() >= wanted, patience);
    }

    /**
     * Waits for that many more answers of the gateway.
     *
     * @return false where they did not come in time
     */
    public boolean awaitAnswers(long further, Duration patience) throws InterruptedException {
        long wanted = reports().answers() + further;
        return Waiting.<RuntimeException>until(() -> reports().answers() >= wanted, patience);
    }

    @Override
    void die() {
        routines.close();
        listener.close();
    }
}
