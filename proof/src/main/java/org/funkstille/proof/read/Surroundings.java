package org.funkstille.proof.read;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.house.House;

/**
 * What a rule set leaves open and its reader may need.
 *
 * @param takenAt when the rule set was read from the router: set elements that expire count from then
 * @param zone the router's time zone, where it is known
 * @param tables pf: what tables hold, as {@code pfctl -T show} lists it, each under a line {@code table <name>}
 * @param ipsets iptables: {@code ipset save}
 * @param sysctl lines {@code name = value}
 */
public record Surroundings(
        House house,
        Instant takenAt,
        Optional<ZoneId> zone,
        List<SourceText> tables,
        List<SourceText> ipsets,
        List<SourceText> sysctl) {

    public Surroundings {
        tables = List.copyOf(tables);
        ipsets = List.copyOf(ipsets);
        sysctl = List.copyOf(sysctl);
    }

    public static Surroundings of(House house, Instant takenAt) {
        return new Surroundings(house, takenAt, Optional.empty(), List.of(), List.of(), List.of());
    }
}
