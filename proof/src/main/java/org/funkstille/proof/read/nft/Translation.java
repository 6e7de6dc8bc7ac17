package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Address translation: {@code dnat}, {@code redirect}, {@code snat}, {@code masquerade}. */
final class Translation {

    private static final ValueSet SOURCE_DONE =
            ValueSet.ofAll(Field.FLOW_STATUS.bits(), List.of(Range.of(1, 1), Range.of(3, 3)));

    /** Sources are translated behind routing alone, so a flow whose destination is translated has no other bit yet. */
    private static final ValueSet DESTINATION_DONE = Field.FLOW_STATUS.only(2);

    private final House house;

    Translation(House house) {
        this.house = house;
    }

    /** What a map holds, named or anonymous; nothing where it does not exist. */
    static Optional<List<Element>> elements(Json data, NamedSets sets) {
        if (Matches.isReference(data)) {
            return sets.elements(data.string().orElse("").substring(1));
        }
        return data.kind().equals("set") ? Optional.of(Element.ofAnonymous(data.body())) : Optional.empty();
    }

    /**
     * @param address a constant; absent where only the port changes
     * @param port likewise
     */
    List<Effect> destination(Family family, Optional<Json> address, Optional<Json> port) {
        List<Effect> effects = new ArrayList<>();
        address.ifPresent(to -> effects.addAll(toAddress(family, addresses(family, to))));
        port.ifPresent(to -> effects.add(new Effect.Assign(Field.DESTINATION_PORT, ports(to))));
        effects.add(new Effect.Assign(Field.FLOW_STATUS, DESTINATION_DONE));
        return effects;
    }

    /** To the router's own address on the interface that the packet came in by. */
    List<Effect> redirection(Family family, Optional<Json> port) {
        List<Effect> effects = new ArrayList<>();
        ValueSet inside = house.addresses(family);
        effects.add(new Effect.Assign(Field.DESTINATION, inside.isEmpty() ? Addressing.unicast(family) : inside));
        effects.add(new Effect.Assign(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_LOCAL)));
        port.ifPresent(to -> effects.add(new Effect.Assign(Field.DESTINATION_PORT, ports(to))));
        effects.add(new Effect.Assign(Field.FLOW_STATUS, DESTINATION_DONE));
        return effects;
    }

    /** @param address absent: an address of the interface that the packet leaves by, which is not known */
    List<Effect> source(Family family, Optional<Json> address, Optional<Json> port) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Assign(
                Field.SOURCE,
                address.map(to -> addresses(family, to))
                        .orElseGet(() -> Addressing.unicast(family).minus(house.addresses(family)))));
        port.ifPresent(to -> effects.add(new Effect.Assign(Field.SOURCE_PORT, ports(to))));
        effects.add(new Effect.Assign(Field.FLOW_STATUS, SOURCE_DONE));
        return effects;
    }

    /** A new destination, and what routing may say of it. An address in a network of the house may be the router's. */
    List<Effect> toAddress(Family family, ValueSet addresses) {
        ValueSet loopback = AddressSets.of(Prefix.parse(family == Family.IPV4 ? "127.0.0.0/8" : "::1/128"));
        ValueSet inside = house.addresses(family);
        ValueSet type = Field.DESTINATION_TYPE.none();
        if (addresses.overlaps(loopback) || addresses.overlaps(inside)) {
            type = type.union(Field.DESTINATION_TYPE.only(Field.TYPE_LOCAL));
        }
        if (!loopback.containsAll(addresses)) {
            type = type.union(Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST));
        }
        return List.of(
                new Effect.Assign(Field.DESTINATION, addresses), new Effect.Assign(Field.DESTINATION_TYPE, type));
    }

    private static ValueSet addresses(Family family, Json address) {
        Words words = family == Family.IPV4 ? Words.IPV4 : Words.IPV6;
        return Ranges.of(words, address)
                .map(range -> ValueSet.of(AddressSets.BITS, range))
                .orElseGet(() -> Addressing.unicast(family));
    }

    private static ValueSet ports(Json port) {
        return Ranges.of(Words.PORT, port)
                .map(range -> ValueSet.of(Field.DESTINATION_PORT.bits(), range))
                .orElseGet(Field.DESTINATION_PORT::all);
    }
}
