package org.funkstille.routers.fritzbox.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.kernel.PacketSocket;

/**
 * The host that we play: it answers whoever asks for its addresses as long as it is there, learns the ways out, and
 * knocks at doors. What answers it is all it tells.
 */
public final class ProbeHost implements AutoCloseable {

    private static final int TICK = 100;
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 40_000;
    private static final InetAddress NOBODY = Addresses.parse("0.0.0.0");

    private final PacketSocket socket;
    private final Mac mac;
    private final InetAddress address;
    private final InetAddress linkLocal;
    private final Thread ear;

    // What was heard so far, under the lock of this object.
    private final Map<InetAddress, Mac> cards = new HashMap<>();
    private final Map<Integer, Endpoint> knocks = new HashMap<>();
    private final Set<Endpoint> answers = new HashSet<>();
    private final Set<InetAddress> ours = new HashSet<>();
    private final Map<Family, Way> ways = new HashMap<>();
    private Optional<Mac> rival = Optional.empty();
    private Optional<IOException> deaf = Optional.empty();
    private boolean leaving;

    private ProbeHost(RouterAccess.Probe probe, PacketSocket socket) {
        this.socket = socket;
        this.mac = probe.mac();
        this.address = probe.address();
        this.linkLocal = ownAddress(new Prefix(Addresses.parse("fe80::"), 64), mac);
        ours.add(linkLocal);
        this.ear = Thread.ofPlatform().name("probe " + mac).daemon().unstarted(this::listen);
    }

    /** @throws IOException where the interface is not there or down, or we may not (CAP_NET_RAW) */
    public static ProbeHost enter(NetworkNamespace namespace, RouterAccess.Probe probe) throws IOException {
        PacketSocket socket;
        try {
            socket = namespace.call(() -> PacketSocket.open(probe.interfaceName()));
        } catch (IOException failed) {
            throw failed;
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", inAHurry);
        } catch (Exception unexpected) {
            throw new IOException(unexpected.getMessage(), unexpected);
        }
        ProbeHost host = new ProbeHost(probe, socket);
        host.ear.start();
        return host;
    }

    /** The address that a host makes itself from its MAC (RFC 4291, appendix A). */
    static InetAddress ownAddress(Prefix prefix, Mac mac) {
        byte[] card = Frames.octets(mac);
        return Addresses.of(ByteBuffer.allocate(16)
                .put(prefix.network().getAddress(), 0, 8)
                .put((byte) (card[0] ^ 0x02))
                .put(card, 1, 2)
                .put((byte) 0xff)
                .put((byte) 0xfe)
                .put(card, 3, 3)
                .array());
    }

    private void listen() {
        try {
            while (!left()) {
                Optional<Heard> heard = socket.receive(TICK).flatMap(Heard::in);
                if (heard.isPresent()) {
                    hear(heard.get());
                }
            }
        } catch (IOException failed) {
            synchronized (this) {
                deaf = Optional.of(failed);
                notifyAll();
            }
        }
    }

    private synchronized boolean left() {
        return leaving;
    }

    private synchronized void hear(Heard heard) throws IOException {
        switch (heard) {
            case Heard.Arp arp -> hear(arp);
            case Heard.Solicitation asked -> {
                if (ours.contains(asked.asked())) {
                    socket.send(
                            Frames.neighbourAdvertisement(mac, asked.asked(), asked.sender(), asked.senderAddress()));
                }
            }
            case Heard.Advertisement router -> learn(router);
            case Heard.Segment segment -> hear(segment);
            case Heard.Datagram datagram ->
                answered(datagram.toPort(), datagram.to(), datagram.source(), Protocol.UDP, datagram.port());
            case Heard.Echo echo -> hear(echo);
        }
        notifyAll();
    }

    private void hear(Heard.Arp arp) throws IOException {
        if (arp.sender().equals(mac)) {
            return; // our own, which a switch sent back
        }
        if (arp.senderAddress().equals(address)) {
            rival = Optional.of(arp.sender());
        }
        cards.put(arp.senderAddress(), arp.sender());
        if (arp.question() && arp.asked().equals(address)) {
            socket.send(Frames.arp(2, mac, address, arp.sender(), arp.senderAddress(), arp.sender()));
        }
    }

    private void learn(Heard.Advertisement router) {
        router.prefixes().forEach(prefix -> ours.add(ownAddress(prefix, mac)));
        if (router.leadsOut()) {
            // A global address gets further than one of the house (RFC 4193).
            router.prefixes().stream()
                    .map(prefix -> ownAddress(prefix, mac))
                    .min((one, other) -> Boolean.compare(isLocal(one), isLocal(other)))
                    .ifPresent(best -> {
                        Way known = ways.get(Family.IPV6);
                        if (known == null || (isLocal(known.address()) && !isLocal(best))) {
                            ways.put(Family.IPV6, new Way(mac, best, router.router()));
                        }
                    });
        }
    }

    private static boolean isLocal(InetAddress address) {
        return (address.getAddress()[0] & 0xfe) == 0xfc;
    }

    private void hear(Heard.Segment segment) throws IOException {
        boolean open = (segment.flags() & (Frames.SYN | Frames.ACK | Frames.RST)) == (Frames.SYN | Frames.ACK);
        if (open && answered(segment.toPort(), segment.to(), segment.source(), Protocol.TCP, segment.port())) {
            Way back = new Way(mac, segment.to(), segment.sender());
            socket.send(Frames.tcp(
                    back, segment.toPort(), segment.source(), segment.port(), segment.acknowledged(), Frames.RST));
        }
    }

    private void hear(Heard.Echo echo) throws IOException {
        if (!echo.question()) {
            int number = echo.numberAndData().getShort(0) & 0xffff;
            Protocol protocol = Family.of(echo.source()) == Family.IPV4 ? Protocol.ICMP : Protocol.ICMPV6;
            answered(number, echo.to(), echo.source(), protocol, 0);
        } else if (echo.to().equals(address)) {
            socket.send(Frames.echo(new Way(mac, address, echo.sender()), echo.source(), true, echo.numberAndData()));
        }
    }

    /** @param knock the port or number that a knock went out with */
    private boolean answered(int knock, InetAddress to, InetAddress source, Protocol protocol, int port) {
        Endpoint target = knocks.get(knock);
        boolean ourAddress = to.equals(address) || ours.contains(to);
        if (target == null || !ourAddress || !target.equals(new Endpoint(source, protocol, port))) {
            return false;
        }
        answers.add(target);
        return true;
    }

    /** Whoever else holds the IPv4 address. */
    public synchronized Optional<Mac> rival(Duration patience) throws IOException {
        socket.send(Frames.arp(1, mac, NOBODY, new Mac(0), address, Frames.BROADCAST));
        await(patience, () -> rival.isPresent());
        return rival;
    }

    /**
     * Makes itself known to the box, and finds the ways out.
     *
     * @param box its IPv4 address
     * @return over which families there is one
     */
    public synchronized Set<Family> find(InetAddress box, Duration patience) throws IOException {
        for (int tries = 0; tries < 3 && !cards.containsKey(box); tries++) {
            socket.send(Frames.arp(1, mac, address, new Mac(0), box, Frames.BROADCAST));
            await(patience.dividedBy(3), () -> cards.containsKey(box));
        }
        Mac card = cards.get(box);
        if (card != null) {
            Way way = new Way(mac, address, card);
            ways.put(Family.IPV4, way);
            socket.send(Frames.echo(way, box, false, ByteBuffer.wrap(new byte[] {0, 1, 0, 1})));
        }
        for (int tries = 0; tries < 3 && !ways.containsKey(Family.IPV6); tries++) {
            socket.send(Frames.routerSolicitation(mac, linkLocal));
            await(patience.dividedBy(3), () -> ways.containsKey(Family.IPV6));
        }
        return Set.copyOf(ways.keySet());
    }

    /** The address that it would get out with; absent where there is no way. */
    public synchronized Optional<InetAddress> address(Family family) {
        return Optional.ofNullable(ways.get(family)).map(Way::address);
    }

    /**
     * Knocks three times at each door to which there is a way.
     *
     * @return those that answered
     */
    public synchronized Set<Endpoint> knock(List<Endpoint> targets, Duration patience) throws IOException {
        knocks.clear();
        answers.clear();
        int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
        for (Endpoint target : targets) {
            if (ways.containsKey(target.family())) {
                knocks.put(port++, target);
            }
        }
        int sequence = ThreadLocalRandom.current().nextInt();
        for (int tries = 0; tries < 3 && answers.size() < knocks.size(); tries++) {
            for (Map.Entry<Integer, Endpoint> knock : knocks.entrySet()) {
                Way way = ways.get(knock.getValue().family());
                if (way != null && !answers.contains(knock.getValue())) {
                    socket.send(Doors.knock(way, knock.getKey(), knock.getValue(), sequence));
                }
            }
            await(patience.dividedBy(3), () -> answers.size() == knocks.size());
        }
        return Set.copyOf(answers);
    }

    private interface Condition {

        boolean holds();
    }

    private void await(Duration patience, Condition condition) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (deaf.isPresent()) {
                throw deaf.get();
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException inAHurry) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", inAHurry);
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            leaving = true;
        }
        boolean interrupted = false;
        while (ear.isAlive()) {
            try {
                ear.join();
            } catch (InterruptedException inAHurry) {
                interrupted = true;
            }
        }
        socket.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
