package org.funkstille.proof.prover;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Prover.Rigour;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Makes questions of a device: with which addresses, in which families. */
record Framing(House house, List<Family> families, Rigour rigour, Instant at) {

    /** The device as it is. */
    List<Search.Task> tasks(Subject subject) {
        return tasks(subject, macs(subject), addresses(subject));
    }

    /** One question for each family that it has addresses of. */
    List<Search.Task> tasks(Subject subject, ValueSet macs, Map<Family, ValueSet> sources) {
        List<Search.Task> tasks = new ArrayList<>();
        for (Family family : families) {
            ValueSet own = sources.getOrDefault(family, AddressSets.all(family));
            if (!own.isEmpty()) {
                tasks.add(new Search.Task(
                        new Question(subject.interfaceName(), macs, family, own, house, rigour.services(), at),
                        Allowed.by(subject.policy(), family),
                        packets(subject, family)));
            }
        }
        return tasks;
    }

    Packets packets(Subject subject, Family family) {
        return new Packets(subject, family, router(subject, family));
    }

    static ValueSet macs(Subject subject) {
        return ValueSet.ofAll(
                Field.ETHER_SOURCE.bits(),
                subject.macs().stream()
                        .map(Mac::bits)
                        .map(bits -> Range.of(bits, bits))
                        .toList());
    }

    /** IPv4: those that it holds or is given. IPv6: it makes its own, so every one of its network. */
    Map<Family, ValueSet> addresses(Subject subject) {
        Map<Family, ValueSet> addresses = new EnumMap<>(Family.class);
        List<Prefix> prefixes = house.prefixes(subject.interfaceName());
        ValueSet held = AddressSets.of(
                Family.IPV4,
                subject.addresses().stream()
                        .filter(address -> Family.of(address) == Family.IPV4)
                        .map(address -> new Prefix(address, 32))
                        .toList());
        addresses.put(Family.IPV4, held.isEmpty() ? AddressSets.of(Family.IPV4, prefixes) : held);
        ValueSet own6 = AddressSets.of(Family.IPV6, prefixes);
        addresses.put(
                Family.IPV6,
                own6.isEmpty() ? Addressing.unicast(Family.IPV6) : own6.union(Addressing.linkLocal(Family.IPV6)));
        return addresses;
    }

    /** Where a router usually has its own address in a network: the first. */
    private Optional<InetAddress> router(Subject subject, Family family) {
        return house.prefixes(subject.interfaceName()).stream()
                .filter(prefix -> prefix.family() == family)
                .findFirst()
                .map(prefix ->
                        AddressSets.address(AddressSets.range(prefix).first().next(), family));
    }
}
