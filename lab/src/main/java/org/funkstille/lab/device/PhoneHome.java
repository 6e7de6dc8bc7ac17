package org.funkstille.lab.device;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.funkstille.core.net.Family;
import org.funkstille.lab.network.Host;

/** The ways home of one device, tried for ever, whatever is refused. */
final class PhoneHome implements AutoCloseable {

    private final Routines routines = new Routines();
    private final Calls calls = new Calls();
    private final DnsClient names;
    private final TcpCall tcp;
    private final UdpCalls udp;
    private final Duration interval;

    /** @param device the number that the device calls itself by */
    PhoneHome(Host host, int device, Duration interval) throws IOException, InterruptedException {
        this.names = new DnsClient(host, calls);
        this.tcp = new TcpCall(host, calls, routines);
        this.udp = UdpCalls.open(host, device, calls);
        this.interval = interval;
    }

    /** Asks the resolver of the house for a name, and keeps the answer. */
    void resolve(String name) {
        routines.repeat(interval, () -> names.refresh(name));
    }

    /** Asks a resolver that nobody named to the device. */
    void resolveAt(InetAddress resolver, String name, Duration pause) {
        routines.repeat(pause, () -> names.ask(resolver, name, Family.of(resolver)));
    }

    /** Keeps the UDP channel to all addresses of a name alive. */
    void keepAlive(String name) {
        routines.repeat(interval, () -> {
            for (Family family : Family.values()) {
                names.known(name, family).forEach(udp::send);
            }
        });
    }

    /** The same for servers that need no name. */
    void keepAlive(List<InetAddress> servers) {
        routines.repeat(interval, () -> servers.forEach(udp::send));
    }

    /** Keeps a TCP connection open to the address of a name, one for each family. */
    void converse(String name, int port) {
        for (Family family : Family.values()) {
            converse(() -> names.known(name, family).findFirst(), port);
        }
    }

    /** The same to a server that needs no name. */
    void converse(InetAddress server, int port) {
        converse(() -> Optional.of(server), port);
    }

    private void converse(Supplier<Optional<InetAddress>> server, int port) {
        routines.repeat(interval, () -> {
            Optional<InetAddress> current = server.get();
            if (current.isPresent()) {
                tcp.converse(current.get(), port, interval);
            }
        });
    }

    /** Sends a web request again and again, each over a connection of its own. */
    void request(InetAddress server, int port, String request) {
        routines.repeat(interval, () -> tcp.ask(server, port, request));
    }

    void pause() {
        routines.pause();
    }

    void resume() {
        routines.resume();
    }

    CallCount count() {
        return calls.count();
    }

    @Override
    public void close() {
        routines.close();
        udp.close();
    }
}
