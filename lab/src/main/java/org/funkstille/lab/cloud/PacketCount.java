package org.funkstille.lab.cloud;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/**
 * Counts every packet that enters the cloud, whether anything there answers to it or not: a leak is a leak although
 * nobody listens. The kernel counts, in a set whose elements come by themselves.
 */
final class PacketCount {

    /** Elements are forgotten after this; what is left of it tells when the last packet came. */
    private static final int REMEMBERED_SECONDS = 24 * 3600;

    private static final String RULES = """
            table inet arrivals {
              set ipv4 {
                type ipv4_addr . ipv4_addr . inet_proto . inet_service
                flags dynamic,timeout
                timeout 24h
                counter
              }
              set ipv6 {
                type ipv6_addr . ipv6_addr . inet_proto . inet_service
                flags dynamic,timeout
                timeout 24h
                counter
              }
              chain count {
                type filter hook prerouting priority raw
                iifname != "wan" accept
                meta nfproto ipv4 meta l4proto { tcp, udp } update @ipv4 { ip saddr . ip daddr . meta l4proto . th dport }
                meta nfproto ipv4 meta l4proto != { tcp, udp } update @ipv4 { ip saddr . ip daddr . meta l4proto . 0 }
                icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, mld2-listener-report } accept
                meta nfproto ipv6 meta l4proto { tcp, udp } update @ipv6 { ip6 saddr . ip6 daddr . meta l4proto . th dport }
                meta nfproto ipv6 meta l4proto != { tcp, udp } update @ipv6 { ip6 saddr . ip6 daddr . meta l4proto . 0 }
              }
            }
            """;

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private final Host cloud;

    PacketCount(Host cloud) {
        this.cloud = cloud;
    }

    void install() throws IOException, InterruptedException {
        cloud.run(Command.of("nft", "-f", "-").withInput(RULES));
    }

    void clear() throws IOException, InterruptedException {
        cloud.run(
                Command.of("nft", "-f", "-").withInput("flush set inet arrivals ipv4\nflush set inet arrivals ipv6\n"));
    }

    List<Arrival> read() throws IOException, InterruptedException {
        String json = cloud.run(Command.of("nft", "-j", "-n", "list", "sets"));
        Instant now = Instant.now();
        List<Arrival> arrivals = new ArrayList<>();
        for (JsonNode item : array(JSON.fromJsonObject(json), "nftables")) {
            if (item instanceof JsonObject object && object.elements().get("set") instanceof JsonObject set) {
                for (JsonNode element : array(set, "elem")) {
                    arrivals.add(arrival((JsonObject) element.extractNode("elem"), now));
                }
            }
        }
        return List.copyOf(arrivals);
    }

    private static List<JsonNode> array(JsonObject object, String key) {
        return object.elements().get(key) instanceof JsonArray array ? array.elements() : List.of();
    }

    private static Arrival arrival(JsonObject element, Instant now) {
        List<JsonNode> key = array((JsonObject) element.extractNode("val"), "concat");
        Endpoint destination = new Endpoint(
                Addresses.parse(key.get(1).text()),
                protocol(key.get(2).text()),
                Integer.parseInt(key.get(3).text()));
        return new Arrival(
                Addresses.parse(key.get(0).text()),
                destination,
                element.extract("counter.packets", 0L),
                element.extract("counter.bytes", 0L),
                now.minusSeconds(REMEMBERED_SECONDS - element.extract("expires", (long) REMEMBERED_SECONDS)));
    }

    /** nft 1.0.6 prints the common protocols by name although it was asked for numbers. */
    private static Protocol protocol(String text) {
        return switch (text) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            case "icmp" -> Protocol.ICMP;
            case "icmpv6", "ipv6-icmp" -> Protocol.ICMPV6;
            case "esp" -> new Protocol(50);
            case "ah" -> new Protocol(51);
            case "comp" -> new Protocol(108);
            case "udplite" -> new Protocol(136);
            case "dccp" -> new Protocol(33);
            case "sctp" -> new Protocol(132);
            default -> new Protocol(Integer.parseInt(text));
        };
    }
}
