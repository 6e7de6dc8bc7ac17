package org.funkstille.proof.read.iptables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.house.House;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.funkstille.proof.sets.Value;

/** Small saved rule sets, and whether what was read of them holds for a packet. */
final class Saved {

    static final Instant TAKEN = Instant.parse("2026-11-23T12:00:00Z");

    static final House HOUSE = new House(
            List.of(
                    new House.Leg("lan", "green0", List.of(Prefix.parse("192.168.2.0/24"))),
                    new House.Leg("iot", "blue0", List.of(Prefix.parse("192.168.3.0/24")))),
            List.of("red0"));

    /** A TCP packet with SYN alone, from the house to the internet. */
    static final Packet SYN = new Packet(_ -> Value.ZERO)
            .with(Field.PROTOCOL, 6)
            .with(Field.TCP_FLAGS, 2)
            .with(Field.STATE, Field.STATE_NEW)
            .with(Field.EXTENSION, Field.NO_EXTENSION)
            .with(Field.SOURCE, address("192.168.2.50"))
            .with(Field.DESTINATION, address("198.51.100.10"))
            .with(Field.DESTINATION_PORT, 443)
            .with(Field.ETHER_SOURCE, 0x0200_0000_0b01L);

    enum Truth {
        YES,
        NO,
        CHOICE,
        UNKNOWN
    }

    private Saved() {}

    static Value address(String text) {
        return Value.of(Addresses.parse(text));
    }

    static Surroundings surroundings(String ipset, String sysctl) {
        return new Surroundings(
                HOUSE,
                TAKEN,
                Optional.empty(),
                List.of(),
                ipset.isEmpty() ? List.of() : List.of(new SourceText("ipset.txt", ipset)),
                List.of(new SourceText("sysctl.txt", sysctl)));
    }

    static RuleSetReading read(String ipset, String... texts) throws ReadingException {
        List<SourceText> rules = new ArrayList<>();
        for (String text : texts) {
            rules.add(new SourceText(rules.isEmpty() ? "rules" : "rules6", text));
        }
        return new IptablesReader().read(rules, surroundings(ipset, ""));
    }

    /** The rules that one line in a chain becomes; {@code TABLE} and the line without {@code -A FORWARD}. */
    static List<Rule> rules(String table, String chain, String line, String ipset) throws ReadingException {
        String text =
                "*" + table + "\n:" + chain + " ACCEPT [0:0]\n:USER - [0:0]\n-A " + chain + " " + line + "\nCOMMIT\n";
        return read(ipset, text).rules().chain(table + " " + chain).rules();
    }

    static Condition condition(String line) throws ReadingException {
        return condition(line, "");
    }

    static Condition condition(String line, String ipset) throws ReadingException {
        return rules("filter", "FORWARD", line, ipset).getFirst().condition();
    }

    static Truth holds(String line, Packet packet) throws ReadingException {
        return holds(condition(line), packet);
    }

    static Truth holds(Condition condition, Packet packet) {
        return holds(condition, packet, TAKEN);
    }

    /** Interfaces are taken as other ones than those that the condition names. */
    static Truth holds(Condition condition, Packet packet, Instant at) {
        return switch (condition) {
            case Condition.In(Field field, var set) -> set.contains(packet.get(field)) ? Truth.YES : Truth.NO;
            case Condition.InterfaceIs _ -> Truth.NO;
            case Condition.Row(var fields, var rows) ->
                rows.stream().anyMatch(row -> {
                            for (int part = 0; part < fields.size(); part++) {
                                if (!row.get(part).contains(packet.get(fields.get(part)))) {
                                    return false;
                                }
                            }
                            return true;
                        })
                        ? Truth.YES
                        : Truth.NO;
            case Condition.Not(Condition inner) -> not(holds(inner, packet, at));
            case Condition.All(var parts) -> {
                Truth all = Truth.YES;
                for (Condition part : parts) {
                    Truth one = holds(part, packet, at);
                    all = all == Truth.NO || one == Truth.YES ? all : one;
                }
                yield all;
            }
            case Condition.Any(var parts) -> {
                Truth any = Truth.NO;
                for (Condition part : parts) {
                    Truth one = holds(part, packet, at);
                    any = any == Truth.YES || one == Truth.NO ? any : one;
                }
                yield any;
            }
            case Condition.At(TimeSpan span) ->
                switch (span.holds(at)) {
                    case YES -> Truth.YES;
                    case NO -> Truth.NO;
                    case UNKNOWN -> Truth.UNKNOWN;
                };
            case Condition.Choice _ -> Truth.CHOICE;
            case Condition.Unknown _ -> Truth.UNKNOWN;
        };
    }

    private static Truth not(Truth truth) {
        return switch (truth) {
            case YES -> Truth.NO;
            case NO -> Truth.YES;
            default -> truth;
        };
    }
}
