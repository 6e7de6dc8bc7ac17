package org.funkstille.proof.read.pf;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.house.House;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.funkstille.proof.sets.Value;

/** A text read in a house with a LAN on em1, another network on em2, and the internet on em0. */
record Reading(RuleSetReading reading) {

    static final House HOUSE = new House(
            List.of(
                    new House.Leg("lan", "em1", List.of(Prefix.parse("192.168.1.0/24"))),
                    new House.Leg("iot", "em2", List.of(Prefix.parse("192.168.20.0/24")))),
            List.of("em0"));

    static Reading of(String... lines) throws ReadingException {
        return withTables(List.of(), lines);
    }

    static Reading withTables(List<String> tables, String... lines) throws ReadingException {
        List<SourceText> listing =
                tables.isEmpty() ? List.of() : List.of(new SourceText("tables.txt", String.join("\n", tables)));
        return new Reading(new PfReader()
                .read(
                        List.of(new SourceText("rules", String.join("\n", lines) + "\n")),
                        new Surroundings(HOUSE, Instant.EPOCH, Optional.empty(), listing, List.of(), List.of())));
    }

    List<Rule> rules(String chain) {
        Chain found = reading.rules().chain(chain);
        return found.rules();
    }

    Rule only(String chain) {
        List<Rule> found = rules(chain);
        if (found.size() != 1) {
            throw new AssertionError("not one rule but " + found);
        }
        return found.getFirst();
    }

    /** What becomes of a packet that comes in. */
    Walk.Verdict in(Packet packet) {
        return incoming(packet).verdict();
    }

    Walk.Result incoming(Packet packet) {
        return Walk.through(reading.rules(), interfaces(), Hook.PREROUTING, packet);
    }

    Walk.Result outgoing(Packet packet) {
        return Walk.through(
                reading.rules(), interfaces(), Hook.POSTROUTING, packet.with(Field.OUT_INTERFACE, number("em0")));
    }

    static Interfaces interfaces() {
        return new Interfaces(HOUSE.interfaces());
    }

    static long number(String interfaceName) {
        return interfaces().number(interfaceName);
    }

    /** A TCP SYN from the LAN to port 443 of a host. */
    static Packet tcp(String source, String destination) {
        return packet(source, destination)
                .with(Field.PROTOCOL, 6)
                .with(Field.TCP_FLAGS, 2)
                .with(Field.SOURCE_PORT, 40000)
                .with(Field.DESTINATION_PORT, 443);
    }

    static Packet udp(String source, String destination, int port) {
        return packet(source, destination)
                .with(Field.PROTOCOL, 17)
                .with(Field.SOURCE_PORT, 40000)
                .with(Field.DESTINATION_PORT, port);
    }

    /** From the LAN, new, without ports. */
    static Packet packet(String source, String destination) {
        InetAddress from = Addresses.parse(source);
        return new Packet(field -> Value.ZERO)
                .with(Field.FAMILY, Family.of(from) == Family.IPV4 ? Field.IPV4 : Field.IPV6)
                .with(Field.IN_INTERFACE, number("em1"))
                .with(Field.SOURCE, Value.of(from))
                .with(Field.DESTINATION, Value.of(Addresses.parse(destination)))
                .with(Field.STATE, Field.STATE_NEW);
    }

    static Packet toRouter(Packet packet) {
        return packet.with(Field.DESTINATION_TYPE, Field.TYPE_LOCAL);
    }
}
