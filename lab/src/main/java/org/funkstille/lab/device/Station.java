package org.funkstille.lab.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Card;
import org.funkstille.lab.network.CardAddresses;
import org.funkstille.lab.network.DhcpClient;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.HostName;

/** A simulated device: a host with one network card, whatever it does with it. */
public abstract sealed class Station permits Gateway, Vacuum, Hub, Phone {

    private static final int DISCARD = 9;
    private static final Duration ANNOUNCE_INTERVAL = Duration.ofSeconds(2);

    private final Surroundings surroundings;
    private final Card card;
    private final Host host;
    private final DhcpClient dhcp;
    private final CardAddresses addresses;
    private final List<Transfer> transfers = new ArrayList<>();

    /** @param dhcpName what the device calls itself when it asks for an address */
    Station(HostName name, Surroundings surroundings, Optional<String> dhcpName) {
        this.surroundings = surroundings;
        this.card = Card.of(name);
        this.host = surroundings.host(name);
        this.dhcp = new DhcpClient(host, surroundings.processes(), dhcpName);
        this.addresses = new CardAddresses(host);
    }

    /** Plugs the device in. Does not wait until it has an address. */
    public final void start() throws IOException, InterruptedException {
        host.ip("link set " + Card.INTERFACE + " up");
        takeFirstAddress();
        live();
    }

    /** By DHCP, unless a device knows better. */
    void takeFirstAddress() throws IOException, InterruptedException {
        dhcp.start();
    }

    /** Begins what makes this device what it is. */
    abstract void live() throws IOException, InterruptedException;

    /** Ends it. */
    abstract void die();

    public final Host host() {
        return host;
    }

    /** The address on its label; {@link #takeMac} does not change what this says. */
    public final Mac mac() {
        return card.mac();
    }

    /** The IPv4 address that it has at this moment. */
    public final Optional<InetAddress> address() throws IOException, InterruptedException {
        return addresses.ipv4();
    }

    /** Its IPv6 addresses but the link-local one. */
    public final List<InetAddress> addresses6() throws IOException, InterruptedException {
        return addresses.ipv6();
    }

    /** Asks for an address as after a power cut: by DISCOVER, so that a new reservation is honoured. Does not wait. */
    public final void renewLease() throws IOException, InterruptedException {
        dhcp.start();
    }

    /** Takes an address of its network by hand, without asking, and keeps it until {@link #renewLease()}. */
    public final void moveTo(InetAddress address) throws IOException, InterruptedException {
        dhcp.stop();
        host.run(Command.of("ip", "-4", "addr", "flush", "dev", Card.INTERFACE));
        host.ip("""
                addr add %2$s/24 brd + dev %1$s
                route replace default via %3$s dev %1$s
                """.formatted(
                        Card.INTERFACE, Addresses.text(address), card.segment().routerIpv4()));
        announce();
        Thread.ofPlatform().daemon().name("lab announcement").start(this::announceAgain);
    }

    /** As {@link #moveTo}, to an address that belongs to another device, which still has it. */
    public final void stealAddress(InetAddress address) throws IOException, InterruptedException {
        moveTo(address);
    }

    /** Comes back under another MAC address, and asks for an address with it. Does not wait for the answer. */
    public final void takeMac(Mac mac) throws IOException, InterruptedException {
        dhcp.stop();
        host.ip("link set %1$s down\nlink set %1$s address %2$s\nlink set %1$s up\n".formatted(Card.INTERFACE, mac));
        dhcp.start();
    }

    /**
     * Begins an upload to the cloud that goes on until it is closed.
     *
     * @throws IOException where it is refused
     */
    public final Transfer openTransfer(InetSocketAddress server) throws IOException, InterruptedException {
        Transfer transfer = Transfer.open(host, server, surroundings.uploads());
        transfers.add(transfer);
        return transfer;
    }

    /** The router learns who has the address from the ARP question that precedes any packet (RFC 826). */
    private void announce() throws IOException, InterruptedException {
        host.ip("neigh flush dev " + Card.INTERFACE + "\n");
        try (DatagramChannel channel = host.inside(() -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            InetAddress router = Addresses.parse(card.segment().routerIpv4());
            channel.send(ByteBuffer.allocate(1), new InetSocketAddress(router, DISCARD));
        }
    }

    /** RFC 5227 2.3 asks for a second announcement after two seconds; the router may have been deaf to the first. */
    private void announceAgain() {
        try {
            Thread.sleep(ANNOUNCE_INTERVAL);
            announce();
        } catch (IOException labIsGone) {
            // nobody is left to be told
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    /** Ends what it does. Its addresses and cables go with the lab. */
    public final void unplug() throws IOException, InterruptedException {
        die();
        transfers.forEach(Transfer::close);
        dhcp.stop();
    }
}
