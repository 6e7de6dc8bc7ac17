package org.funkstille.routers;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A router's whole packet filter, in the router's own words.
 *
 * @param parts what is in force at the same time, each in a syntax of its own
 * @param tables what {@code pfctl -t NAME -T show} printed, each under the table's name
 * @param ipsets what {@code ipset save} printed, where rules ask for sets of it
 * @param sysctl lines {@code name = value}, of settings of the kernel that rules do not tell
 * @param takenAt when it was read: times that remain count from then
 * @param zone the router's time zone, where it is known
 * @param doubts what is in force, or may be, and could not be read
 */
public record SavedRules(
        List<Part> parts,
        List<Text> tables,
        List<Text> ipsets,
        List<Text> sysctl,
        Instant takenAt,
        Optional<ZoneId> zone,
        List<String> doubts) {

    public SavedRules {
        parts = List.copyOf(parts);
        tables = List.copyOf(tables);
        ipsets = List.copyOf(ipsets);
        sysctl = List.copyOf(sysctl);
        doubts = List.copyOf(doubts);
    }

    /** Of a system without tables that are kept apart. */
    public SavedRules(
            List<Part> parts,
            List<Text> ipsets,
            List<Text> sysctl,
            Instant takenAt,
            Optional<ZoneId> zone,
            List<String> doubts) {
        this(parts, List.of(), ipsets, sysctl, takenAt, zone, doubts);
    }

    /**
     * @param format as {@code funkstille prove --format} names it: {@code nft-json}, {@code iptables-save}, {@code pf}
     * @param texts more than one where the system saves its families apart
     */
    public record Part(String format, List<Text> texts) {

        public Part {
            texts = List.copyOf(texts);
        }
    }

    /** @param name the command that printed it */
    public record Text(String name, String content) {}
}
