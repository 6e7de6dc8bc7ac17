package org.funkstille.lab.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.network.CardAddresses;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.UdpServer;

/**
 * The gateway's local side: heartbeats and reports to 224.0.0.50, port 9898, from port 4321 (published traces), answers
 * on 4321 and 9898 (vendor LAN protocol V1.0.7) and the miIO greeting on 54321.
 */
final class LumiLan implements AutoCloseable {

    static final InetAddress GROUP = Addresses.parse("224.0.0.50");
    static final int DISCOVERY = 4321;
    static final int COMMANDS = 9898;

    private final LumiProtocol protocol;
    private final CardAddresses addresses;
    private final Routines routines = new Routines();
    private final UdpServer discovery;
    private final UdpServer commands;
    private final UdpServer miio;
    private volatile String address = "0.0.0.0";
    private boolean joined;

    private LumiLan(LumiProtocol protocol, Host host) throws IOException, InterruptedException {
        this.protocol = protocol;
        this.addresses = new CardAddresses(host);
        InetAddress any = Addresses.parse("0.0.0.0");
        this.discovery = UdpServer.open(
                host, any, DISCOVERY, (client, served, question) -> Optional.of(encode(protocol.whois(address))));
        this.commands = UdpServer.open(
                host,
                any,
                COMMANDS,
                (client, served, question) -> Optional.of(encode(protocol.command(text(question)))));
        this.miio = UdpServer.open(host, any, MiioGreeting.PORT, MiioGreeting.of(MiioGreeting.GATEWAY));
    }

    /** Opens the ports. Says nothing yet. */
    static LumiLan open(LumiProtocol protocol, Host host) throws IOException, InterruptedException {
        return new LumiLan(protocol, host);
    }

    /** Begins to send heartbeats and reports. */
    void speak(Pace pace) {
        routines.repeat(pace.heartbeat(), this::beat);
        routines.repeat(pace.report(), () -> sendToGroup(protocol.report()));
    }

    private void beat() throws IOException, InterruptedException {
        Optional<InetAddress> current = addresses.ipv4();
        if (current.isEmpty()) {
            return;
        }
        address = Addresses.text(current.get());
        if (!joined) {
            discovery.join(GROUP);
            joined = true;
        }
        sendToGroup(protocol.heartbeat(address));
    }

    private void sendToGroup(String message) throws IOException {
        discovery.send(encode(message), new InetSocketAddress(GROUP, COMMANDS));
    }

    static ByteBuffer encode(String message) {
        return ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer datagram) {
        return StandardCharsets.UTF_8.decode(datagram).toString();
    }

    @Override
    public void close() {
        routines.close();
        discovery.close();
        commands.close();
        miio.close();
    }
}
