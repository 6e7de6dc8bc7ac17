package org.funkstille.lab.kernelproof;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.sets.Value;

/** A draft in the proof's form, as it comes in. */
final class Modelled {

    private static final Interfaces INTERFACES = new Interfaces(Rig.HOUSE.interfaces());
    private static final int ETHERNET = 14;

    private Modelled() {}

    static Packet packet(Draft draft, boolean nft) {
        Packet packet = plain(draft);
        if (!nft || !draft.extensions.contains(Frames.AUTHENTICATION)) {
            return packet;
        }
        // nft_set_pktinfo_ipv6 goes no further than an authentication header: to its rules that is the protocol.
        for (Field field : List.of(
                Field.SOURCE_PORT,
                Field.DESTINATION_PORT,
                Field.ICMP_TYPE,
                Field.ICMP_CODE,
                Field.TCP_FLAGS,
                Field.LATER_FRAGMENT)) {
            packet = packet.with(field, 0);
        }
        boolean first = draft.extensions.getFirst() == Frames.AUTHENTICATION;
        return packet.with(Field.PROTOCOL, Frames.AUTHENTICATION)
                .with(Field.EXTENSION, first ? Field.NO_EXTENSION : draft.extensions.getFirst());
    }

    /** What the kernel finds in a later fragment where headers have their fields. */
    private static Packet octets(Packet packet, byte[] payload) {
        boolean icmp = packet.number(Field.PROTOCOL) == Draft.ICMP || packet.number(Field.PROTOCOL) == Draft.ICMP6;
        java.nio.ByteBuffer octets = java.nio.ByteBuffer.wrap(payload);
        Packet written = packet.with(Field.SOURCE_PORT, octets.getShort(0) & 0xffff)
                .with(Field.DESTINATION_PORT, octets.getShort(2) & 0xffff);
        if (icmp) {
            written = written.with(Field.ICMP_TYPE, octets.get(0) & 0xff).with(Field.ICMP_CODE, octets.get(1) & 0xff);
        }
        return payload.length > 13 ? written.with(Field.TCP_FLAGS, octets.get(13) & 0xff) : written;
    }

    private static Packet plain(Draft draft) {
        Map<Field, Value> values = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            values.put(field, Value.ZERO);
        }
        values.put(Field.SOURCE, Value.of(draft.source));
        values.put(Field.DESTINATION, Value.of(draft.destination));
        Packet packet = new Packet(field -> values.getOrDefault(field, Value.ZERO))
                .with(Field.FAMILY, draft.six() ? Field.IPV6 : Field.IPV4)
                .with(Field.IN_INTERFACE, INTERFACES.number(Rig.DEVICE_SIDE))
                .with(Field.OUT_INTERFACE, Interfaces.NONE)
                .with(Field.ETHER_SOURCE, draft.etherSource)
                .with(Field.ETHER_DESTINATION, draft.etherDestination)
                .with(Field.DESTINATION_TYPE, Places.type(draft.destination))
                .with(Field.PROTOCOL, draft.protocol)
                .with(Field.EXTENSION, draft.extensions.isEmpty() ? Field.NO_EXTENSION : draft.extensions.getFirst())
                .with(Field.LENGTH, Frames.frame(draft, 0).length - ETHERNET)
                .with(Field.HOP_LIMIT, draft.hopLimit)
                .with(Field.DSCP, draft.dscp)
                .with(Field.STATE, Conntrack.state(draft))
                .with(Field.LATER_FRAGMENT, draft.part == Draft.Part.LATER ? 1 : 0);
        if (draft.part == Draft.Part.LATER) {
            byte[] frame = Frames.frame(draft, 0);
            // Of IPv6, ipv6_find_hdr leaves the place where it began: the octets are those of the IPv6 header.
            return octets(
                    packet, java.util.Arrays.copyOfRange(frame, draft.six() ? ETHERNET : ETHERNET + 20, frame.length));
        }
        if (draft.hasPorts()) {
            packet = packet.with(Field.SOURCE_PORT, draft.sourcePort)
                    .with(Field.DESTINATION_PORT, draft.destinationPort);
        }
        if (draft.isIcmp()) {
            packet = packet.with(Field.ICMP_TYPE, draft.icmpType).with(Field.ICMP_CODE, draft.icmpCode);
        }
        return draft.protocol == Draft.TCP && draft.hasPorts() ? packet.with(Field.TCP_FLAGS, draft.tcpFlags) : packet;
    }
}
