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
import org.funkstille.core.model.Router;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Family;

/**
 * The configuration of a dnsmasq on this machine.
 *
 * @param lines of its files
 */
public record DnsmasqConfiguration(List<String> lines) {

    private static final int MOST_LINES = 10_000;
    private static final String USUAL_LEASES = "/var/lib/misc/dnsmasq.leases";

    public DnsmasqConfiguration {
        lines = lines.stream().map(String::strip).toList();
    }

    /** @param root where the router's files are; what cannot be read there is left out */
    public static DnsmasqConfiguration below(Path root) {
        List<String> lines = new ArrayList<>(lines(root.resolve("etc/dnsmasq.conf")));
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(root.resolve("etc/dnsmasq.d"), Files::isRegularFile)) {
            files.forEach(file -> lines.addAll(lines(file)));
        } catch (IOException noSuchFolder) {
            // then all stands in the one file
        }
        return new DnsmasqConfiguration(lines);
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(MOST_LINES).toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /** The IPv4 addresses that it gives to anyone: {@code dhcp-range=set:iot,192.168.20.100,192.168.20.199,2m}. */
    public List<AddressRange> pools() {
        List<AddressRange> pools = new ArrayList<>();
        values("dhcp-range").forEach(value -> {
            String[] parts = value.split(",", 12);
            for (int index = 0; index + 1 < parts.length; index++) {
                AddressRange.tryParse(parts[index].strip() + "-" + parts[index + 1].strip())
                        .filter(pool -> Family.of(pool.first()) == Family.IPV4)
                        .ifPresent(pools::add);
            }
        });
        return pools;
    }

    /** Nothing where no directory for reservations is named. */
    public Optional<Router.DhcpFiles> files() {
        return values("dhcp-hostsdir")
                .findFirst()
                .map(hosts -> new Router.DhcpFiles(
                        hosts, values("dhcp-leasefile").findFirst().orElse(USUAL_LEASES)));
    }

    private Stream<String> values(String option) {
        return lines.stream()
                .filter(line -> line.startsWith(option + "="))
                .map(line -> line.substring(option.length() + 1).strip());
    }
}
