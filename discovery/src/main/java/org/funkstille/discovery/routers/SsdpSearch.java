package org.funkstille.discovery.routers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.discovery.network.Datagrams;
import org.funkstille.discovery.network.Deadline;

/**
 * SSDP (UPnP Device Architecture 1.1, 1.3.2): asks for internet gateways, by UPnP's name and by the one of TR-064, to
 * which a FRITZ!Box answers.
 */
final class SsdpSearch {

    /** UPnP 1.1 1.3.2: should default to 2. */
    static final int TIME_TO_LIVE = 2;

    private static final InetSocketAddress GROUP =
            new InetSocketAddress(InetAddress.ofLiteral("239.255.255.250"), 1900);
    private static final List<String> TARGETS = List.of(
            "urn:dslforum-org:device:InternetGatewayDevice:1", "urn:schemas-upnp-org:device:InternetGatewayDevice:1");
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final int MOST_PLACES = 32;

    /** Where a router describes itself. */
    record Place(InetSocketAddress server, String path) {}

    private SsdpSearch() {}

    /** @return the descriptions' places, by the address that named them; one for each address and target */
    static Map<String, Place> ask(Datagrams datagrams, Deadline deadline) throws IOException {
        Map<String, Place> found = new LinkedHashMap<>();
        for (Deadline pause : List.of(deadline.orIn(BETWEEN), deadline)) {
            TARGETS.forEach(target -> datagrams.toAll(question(target), GROUP));
            datagrams.receive(pause, (from, octets) -> {
                if (found.size() < MOST_PLACES) {
                    location(from.getAddress(), new String(octets, StandardCharsets.ISO_8859_1))
                            .ifPresent(place ->
                                    found.putIfAbsent(Addresses.text(from.getAddress()) + " " + place.path(), place));
                }
            });
        }
        return found;
    }

    private static byte[] question(String target) {
        return ("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: " + target
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The place that an answer names; only one on the very address that the answer came from is gone to. */
    static Optional<Place> location(InetAddress from, String answer) {
        if (!answer.startsWith("HTTP/1.1 200")) {
            return Optional.empty();
        }
        return answer.lines()
                .limit(100)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
                .map(line -> line.substring("location:".length()).strip())
                .findFirst()
                .flatMap(SsdpSearch::uri)
                .filter(uri -> "http".equals(uri.getScheme()) && uri.getUserInfo() == null && uri.getHost() != null)
                .filter(uri ->
                        Addresses.tryParse(uri.getHost()).filter(from::equals).isPresent())
                .filter(uri -> uri.getRawPath() != null && uri.getRawPath().matches("/[A-Za-z0-9._~/-]{0,200}"))
                .map(uri -> new Place(
                        new InetSocketAddress(from, uri.getPort() < 1 ? 80 : uri.getPort()), uri.getRawPath()));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text)).filter(uri -> uri.getPort() <= 65_535);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
