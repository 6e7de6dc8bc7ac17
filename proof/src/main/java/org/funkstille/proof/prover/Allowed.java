package org.funkstille.proof.prover;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Family;
import org.funkstille.proof.boxes.Escape;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** The packets that a policy lets out, and what of an escape is left without them. */
final class Allowed {

    private final List<Box> boxes;

    private Allowed(List<Box> boxes) {
        this.boxes = boxes;
    }

    /** What the policy allows in one family: of an allow-list its destinations and the router's resolver. */
    static Allowed by(Policy policy, Family family) {
        return switch (policy) {
            case Policy.Silent _ -> new Allowed(List.of());
            case Policy.Online _ -> new Allowed(List.of(Box.all()));
            case Policy.AllowList(var _, List<Destination> destinations) -> {
                List<Box> boxes = new ArrayList<>();
                boxes.add(Box.all()
                        .with(Field.DESTINATION_TYPE, Field.TYPE_LOCAL)
                        .with(Field.LATER_FRAGMENT, 0)
                        .with(
                                Field.PROTOCOL,
                                ValueSet.ofAll(Field.PROTOCOL.bits(), List.of(Range.of(6, 6), Range.of(17, 17))))
                        .with(Field.DESTINATION_PORT, 53));
                destinations.stream()
                        .filter(destination -> destination.prefix().family() == family)
                        .forEach(destination -> boxes.addAll(of(destination)));
                yield new Allowed(boxes);
            }
        };
    }

    /** A later fragment carries no port, so it goes where its first one may. */
    private static List<Box> of(Destination destination) {
        Box box = Box.all().with(Field.DESTINATION, AddressSets.of(destination.prefix()));
        if (destination.protocol().isPresent()) {
            box = box.with(Field.PROTOCOL, destination.protocol().get().number());
        }
        if (destination.port().isEmpty()) {
            return List.of(box);
        }
        return List.of(
                box.with(Field.LATER_FRAGMENT, 0)
                        .with(Field.DESTINATION_PORT, destination.port().get()),
                box.with(Field.LATER_FRAGMENT, 1));
    }

    boolean contains(Packet packet) {
        return boxes.stream().anyMatch(box -> box.contains(packet));
    }

    List<Box> boxes() {
        return boxes;
    }

    /** The parts of the escapes that are not allowed. */
    List<Escape> without(List<Escape> escapes) {
        List<Escape> left = new ArrayList<>();
        for (Escape escape : escapes) {
            List<Box> rest = List.of(escape.sent());
            for (Box allowed : boxes) {
                List<Box> still = new ArrayList<>();
                rest.forEach(box -> still.addAll(minus(box, allowed)));
                rest = still;
            }
            rest.forEach(box -> left.add(new Escape(box, escape.now(), escape.way(), escape.unknowns())));
        }
        return left;
    }

    private static List<Box> minus(Box box, Box other) {
        Box common = box;
        List<Box> pieces = new ArrayList<>();
        for (Field field : Field.values()) {
            ValueSet outside = common.get(field).minus(other.get(field));
            if (!outside.isEmpty()) {
                pieces.add(common.with(field, outside));
            }
            common = common.restrict(field, other.get(field));
            if (common.get(field).isEmpty()) {
                return List.of(box);
            }
        }
        return pieces;
    }
}
