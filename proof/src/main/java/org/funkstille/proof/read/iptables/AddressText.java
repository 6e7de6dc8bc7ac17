package org.funkstille.proof.read.iptables;

import java.math.BigInteger;
import java.net.InetAddress;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.ValueSet;

/** Addresses, networks and ranges as iptables writes them. */
final class AddressText {

    private AddressText() {}

    static int width(Family family) {
        return family == Family.IPV4 ? 32 : 128;
    }

    static InetAddress address(Family family, String text) throws NotUnderstood {
        return Addresses.tryParse(text)
                .filter(address -> Family.of(address) == family)
                .orElseThrow(() -> new NotUnderstood("not an address: " + text));
    }

    /** {@code ADDRESS}, {@code ADDRESS/LENGTH}, {@code ADDRESS/MASK} where the mask may have holes. */
    static ValueSet network(Family family, String text) throws NotUnderstood {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return AddressSets.of(address(family, text));
        }
        InetAddress address = address(family, text.substring(0, slash));
        String mask = text.substring(slash + 1);
        if (mask.indexOf('.') < 0 && mask.indexOf(':') < 0) {
            return AddressSets.of(Prefix.tryParse(text)
                    .filter(prefix -> prefix.family() == family)
                    .orElseThrow(() -> new NotUnderstood("not a network: " + text)));
        }
        BigInteger bits = new BigInteger(1, address(family, mask).getAddress());
        return Masked.of(AddressSets.BITS, width(family), new BigInteger(1, address.getAddress()), bits);
    }

    /** Networks with commas between. */
    static ValueSet networks(Family family, String text) throws NotUnderstood {
        ValueSet all = ValueSet.none(AddressSets.BITS);
        for (String part : text.split(",", -1)) {
            all = all.union(network(family, part));
        }
        return all;
    }

    /** {@code FIRST-LAST}, a network, or one address. */
    static ValueSet range(Family family, String text) throws NotUnderstood {
        if (text.indexOf('-') < 0) {
            return network(family, text);
        }
        return AddressSets.of(AddressRange.tryParse(text)
                .filter(range -> Family.of(range.first()) == family)
                .orElseThrow(() -> new NotUnderstood("not a range of addresses: " + text)));
    }
}
