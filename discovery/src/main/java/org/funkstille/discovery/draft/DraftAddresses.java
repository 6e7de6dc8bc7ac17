package org.funkstille.discovery.draft;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.discovery.devices.FoundDevice;

/** Proposes the addresses that devices are to keep, each only once. */
final class DraftAddresses {

    /** Below it people put what they set by hand, routers first of all. */
    private static final int FIRST_HOST = 50;

    private static final int MOST_TRIES = 65_536;

    private final Set<InetAddress> taken;
    private final Set<InetAddress> pinned = new HashSet<>();

    /** @param taken what somebody holds already */
    DraftAddresses(Collection<InetAddress> taken) {
        this.taken = Set.copyOf(taken);
    }

    /**
     * An address, and why.
     *
     * @param reason for people; empty where there is nothing to say
     */
    record Proposal(InetAddress address, String reason) {}

    /** Nothing where the device holds no address in the network and no other can be thought of. */
    Optional<Proposal> propose(FoundDevice device, DraftNetwork network) {
        Optional<InetAddress> current = device.leased()
                .filter(network::contains)
                .or(() -> device.addresses().stream()
                        .filter(address -> address instanceof Inet4Address)
                        .filter(network::contains)
                        .findFirst());
        Optional<Proposal> proposal = network.pool().isEmpty()
                ? current.map(
                        address -> new Proposal(address, "what it has now; better choose one outside the DHCP pool"))
                : current.filter(address -> !network.pool().get().contains(address))
                        .map(address -> new Proposal(address, "what it has now"))
                        .or(() -> network.ipv4().flatMap(prefix -> outsidePool(prefix, network, current)));
        return proposal.filter(one -> pinned.add(one.address()));
    }

    private Optional<Proposal> outsidePool(Prefix prefix, DraftNetwork network, Optional<InetAddress> current) {
        long first = number(prefix.network());
        long size = 1L << (32 - prefix.length());
        for (long step = 0; step < Math.min(size, MOST_TRIES); step++) {
            long host = (FIRST_HOST + step) % size;
            InetAddress address = address(first + host);
            // Neither the network's own, the broadcast's, nor those that routers like.
            boolean usable = host > 1 && host < size - 2;
            if (usable
                    && !network.pool().orElseThrow().contains(address)
                    && !taken.contains(address)
                    && !pinned.contains(address)) {
                return Optional.of(new Proposal(
                        address,
                        "outside the DHCP pool"
                                + current.map(now -> "; it has " + Addresses.text(now) + " now")
                                        .orElse("")));
            }
        }
        return Optional.empty();
    }

    private static long number(InetAddress address) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt());
    }

    private static InetAddress address(long number) {
        return Addresses.of(ByteBuffer.allocate(4).putInt((int) number).array());
    }
}
