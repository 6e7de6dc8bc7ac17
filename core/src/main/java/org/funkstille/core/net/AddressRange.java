package org.funkstille.core.net;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses of one family from {@code first} to {@code last}, both included: a DHCP pool. */
public record AddressRange(InetAddress first, InetAddress last) {

    public AddressRange {
        if (Family.of(first) != Family.of(last) || Addresses.ORDER.compare(first, last) > 0) {
            throw new IllegalArgumentException("not a range: " + Addresses.text(first) + " to " + Addresses.text(last));
        }
    }

    /** {@code 192.168.1.100-192.168.1.199}; nothing where it is no range. */
    public static Optional<AddressRange> tryParse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        Optional<InetAddress> first = Addresses.tryParse(text.substring(0, dash).strip());
        Optional<InetAddress> last = Addresses.tryParse(text.substring(dash + 1).strip());
        if (first.isEmpty()
                || last.isEmpty()
                || Family.of(first.get()) != Family.of(last.get())
                || Addresses.ORDER.compare(first.get(), last.get()) > 0) {
            return Optional.empty();
        }
        return Optional.of(new AddressRange(first.get(), last.get()));
    }

    public boolean contains(InetAddress address) {
        return Family.of(address) == Family.of(first)
                && Addresses.ORDER.compare(first, address) <= 0
                && Addresses.ORDER.compare(address, last) <= 0;
    }

    @Override
    public String toString() {
        return Addresses.text(first) + "-" + Addresses.text(last);
    }
}
