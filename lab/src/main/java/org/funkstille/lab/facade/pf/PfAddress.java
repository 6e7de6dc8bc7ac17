package org.funkstille.lab.facade.pf;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;

/** What can stand behind {@code from} and {@code to} of a rule. */
public sealed interface PfAddress {

    /** Addresses that are written out; a host has all bits. */
    record Net(Prefix prefix) implements PfAddress {

        /** An address or a prefix. */
        public static Optional<Net> tryParse(String text) {
            return Prefix.tryParse(text)
                    .or(() -> Addresses.tryParse(text).map(Net::host))
                    .map(Net::new);
        }

        private static Prefix host(InetAddress address) {
            return new Prefix(address, address.getAddress().length * 8);
        }

        /** As pf prints it: a host without a length. */
        @Override
        public String toString() {
            boolean host = prefix.length() == prefix.network().getAddress().length * 8;
            return host ? Addresses.text(prefix.network()) : prefix.toString();
        }
    }

    record Table(String name) implements PfAddress {}

    /** {@code (self)}: every address of the router. */
    record Self() implements PfAddress {}

    /**
     * {@code (em0)} or {@code (em0:network)}.
     *
     * @param network its networks, and not the router's own addresses
     */
    record OfInterface(String name, boolean network) implements PfAddress {}

    /** Of addresses that are written out. */
    default Optional<Family> family() {
        return this instanceof Net net ? Optional.of(net.prefix().family()) : Optional.empty();
    }
}
