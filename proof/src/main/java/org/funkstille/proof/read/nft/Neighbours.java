package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Comparisons by {@code !=} that nft 1.0 makes one of, where what they read stands side by side in the packet: of
 * {@code udp sport != 5 udp dport != 7} the kernel is told to compare four octets, which differ where one of the two
 * does. The listing shows two (payload_do_merge in nft's rule.c).
 */
final class Neighbours {

    /** One comparison takes a register of the kernel at most. */
    private static final int LONGEST = 16;

    /** Of each header: the fields of whole octets in their order, each with its place and length in octets. */
    private static final Map<String, Place> PLACES = places(
            "ether daddr 0 6, ether saddr 6 6, ether type 12 2",
            "ip length 2 2, ip id 4 2, ip frag-off 6 2, ip ttl 8 1, ip protocol 9 1, ip checksum 10 2, ip saddr 12 4,"
                    + " ip daddr 16 4",
            "ip6 length 4 2, ip6 nexthdr 6 1, ip6 hoplimit 7 1, ip6 saddr 8 16, ip6 daddr 24 16",
            "tcp sport 0 2, tcp dport 2 2, tcp sequence 4 4, tcp ackseq 8 4, tcp flags 13 1, tcp window 14 2,"
                    + " tcp checksum 16 2, tcp urgptr 18 2",
            "udp sport 0 2, udp dport 2 2, udp length 4 2, udp checksum 6 2",
            "udplite sport 0 2, udplite dport 2 2, udplite csumcov 4 2, udplite checksum 6 2",
            "sctp sport 0 2, sctp dport 2 2, sctp vtag 4 4, sctp checksum 8 4",
            "dccp sport 0 2, dccp dport 2 2",
            "th sport 0 2, th dport 2 2",
            "icmp type 0 1, icmp code 1 1, icmp checksum 2 2, icmp id 4 2, icmp sequence 6 2",
            "icmpv6 type 0 1, icmpv6 code 1 1, icmpv6 checksum 2 2, icmpv6 id 4 2, icmpv6 sequence 6 2",
            "igmp type 0 1, igmp mrt 1 1, igmp checksum 2 2, igmp group 4 4",
            "esp spi 0 4, esp sequence 4 4",
            "ah nexthdr 0 1, ah hdrlength 1 1, ah reserved 2 2, ah spi 4 4, ah sequence 8 4",
            "comp nexthdr 0 1, comp flags 1 1, comp cpi 2 2");

    /** @param layer 2 to 4 */
    private record Place(int layer, int at, int octets) {

        boolean meets(Place other) {
            return layer == other.layer
                    && octets + other.octets <= LONGEST
                    && (at + octets == other.at || other.at + other.octets == at);
        }
    }

    private Neighbours() {}

    /** Those that may be one comparison with this one, directly or by others between. */
    static List<Json> of(Json match, List<Json> statements) {
        Optional<Place> place = place(match);
        if (place.isEmpty()) {
            return List.of();
        }
        List<Json> others = statements.stream()
                .filter(one -> one.kind().equals("match"))
                .map(Json::body)
                .filter(one -> !one.equals(match))
                .toList();
        List<Place> reached = new ArrayList<>(List.of(place.get()));
        List<Json> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Json other : others) {
                Optional<Place> there = place(other);
                boolean meets = there.isPresent() && reached.stream().anyMatch(there.get()::meets);
                if (meets && !found.contains(other)) {
                    found.add(other);
                    reached.add(there.get());
                    more = true;
                }
            }
        }
        return found;
    }

    /** Of a plain field that is compared with one value: sets, ranges and prefixes stay apart. */
    private static Optional<Place> place(Json match) {
        Json right = match.get("right").orElse(match);
        boolean one = match.text("op").equals("!=")
                && (right.number().isPresent()
                        || right.string().filter(text -> !text.startsWith("@")).isPresent());
        return match.get("left")
                .filter(left -> one && left.kind().equals("payload"))
                .map(Json::body)
                .map(payload -> PLACES.get(payload.text("protocol") + " " + payload.text("field")));
    }

    private static Map<String, Place> places(String... headers) {
        Map<String, Place> places = new HashMap<>();
        for (String header : headers) {
            for (String field : header.split(", ", -1)) {
                String[] words = field.split(" ", -1);
                int layer = words[0].equals("ether") ? 2 : words[0].equals("ip") || words[0].equals("ip6") ? 3 : 4;
                places.put(
                        words[0] + " " + words[1],
                        new Place(layer, Integer.parseInt(words[2]), Integer.parseInt(words[3])));
            }
        }
        return Map.copyOf(places);
    }
}
