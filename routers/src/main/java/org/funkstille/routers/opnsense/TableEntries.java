package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;

/** Compares entries of a table as pf prints them with those of an alias: a prefix of full length prints as an address. */
final class TableEntries {

    private TableEntries() {}

    static boolean same(List<String> one, List<String> other) {
        return normal(one).equals(normal(other));
    }

    private static Set<String> normal(List<String> entries) {
        return entries.stream().map(TableEntries::normal).collect(Collectors.toSet());
    }

    private static String normal(String entry) {
        Optional<InetAddress> address = Addresses.tryParse(entry);
        if (address.isPresent()) {
            return Addresses.text(address.get());
        }
        return Prefix.tryParse(entry)
                .map(prefix -> prefix.length() == prefix.network().getAddress().length * 8
                        ? Addresses.text(prefix.network())
                        : prefix.toString())
                .orElse(entry);
    }
}
