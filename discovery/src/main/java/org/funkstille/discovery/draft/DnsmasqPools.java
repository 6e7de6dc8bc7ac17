package org.funkstille.discovery.draft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Family;

/** The addresses that a dnsmasq on this machine gives to anyone: {@code dhcp-range=} in its configuration. */
public final class DnsmasqPools {

    private static final int MOST_LINES = 10_000;

    private DnsmasqPools() {}

    /** @param root where the router's files are; nothing is found where they cannot be read */
    public static List<AddressRange> below(Path root) {
        List<String> lines = new ArrayList<>(lines(root.resolve("etc/dnsmasq.conf")));
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(root.resolve("etc/dnsmasq.d"), Files::isRegularFile)) {
            files.forEach(file -> lines.addAll(lines(file)));
        } catch (IOException noSuchFolder) {
            // then all stands in the one file
        }
        return of(lines);
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(MOST_LINES).toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /** {@code dhcp-range=set:iot,192.168.20.100,192.168.20.199,2m}: first and last stand side by side. */
    static List<AddressRange> of(List<String> lines) {
        List<AddressRange> pools = new ArrayList<>();
        for (String line : lines) {
            String option = line.strip();
            if (option.startsWith("dhcp-range=")) {
                String[] parts = option.substring("dhcp-range=".length()).split(",", 12);
                for (int index = 0; index + 1 < parts.length; index++) {
                    Optional<AddressRange> range =
                            AddressRange.tryParse(parts[index].strip() + "-" + parts[index + 1].strip());
                    range.filter(pool -> Family.of(pool.first()) == Family.IPV4).ifPresent(pools::add);
                }
            }
        }
        return pools;
    }
}
