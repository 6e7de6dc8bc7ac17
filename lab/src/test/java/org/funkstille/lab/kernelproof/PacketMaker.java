package org.funkstille.lab.kernelproof;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the packets that are sent through one rule set. */
final class PacketMaker {

    /** Ports that rules name; others are rare. */
    static final List<Integer> PORTS = List.of(22, 53, 67, 80, 123, 443, 547, 1024, 5353, 8080, 54321, 65535);

    static final List<Integer> FLAGS =
            List.of(0x02, 0x02, 0x02, 0x10, 0x18, 0x12, 0x11, 0x04, 0x14, 0x01, 0x00, 0x29, 0xc2, 0x22, 0x3f, 0x03);

    static final List<Integer> ICMP_TYPES = List.of(8, 8, 8, 0, 3, 5, 11, 13, 14, 17, 9, 42);

    static final List<Integer> ICMP6_TYPES =
            List.of(128, 128, 128, 129, 1, 2, 3, 4, 130, 133, 134, 135, 136, 139, 143, 200);

    static final List<Integer> DSCP = List.of(0, 0, 0, 8, 46, 63);
    static final List<Integer> HOP_LIMITS = List.of(64, 64, 64, 1, 2, 63, 65, 128, 255);

    private static final List<Integer> PROTOCOLS = List.of(
            Draft.UDP,
            Draft.UDP,
            Draft.UDP,
            Draft.UDP,
            Draft.TCP,
            Draft.TCP,
            Draft.TCP,
            Draft.TCP,
            Draft.ICMP,
            Draft.ICMP,
            Draft.ESP,
            Draft.GRE,
            Draft.SCTP,
            Draft.SCTP,
            Draft.UDPLITE,
            Draft.NO_NEXT_HEADER,
            2,
            253);

    private final Chance chance;
    private final boolean translated;
    private final Set<String> flows = new HashSet<>();

    /** @param translated then flows must differ behind address translation too */
    PacketMaker(Chance chance, boolean translated) {
        this.chance = chance;
        this.translated = translated;
    }

    List<Draft> make(int count) {
        List<Draft> drafts = new ArrayList<>();
        while (drafts.size() < count) {
            Draft draft = draft();
            if (flows.add(flow(draft))) {
                drafts.add(draft);
            }
        }
        return drafts;
    }

    /** What must not come twice, or the second packet would belong to the first one's flow. */
    private String flow(Draft draft) {
        String own = draft.source.getHostAddress() + " " + draft.protocol + " " + draft.sourcePort + " "
                + draft.icmpIdentity;
        boolean toldApart = draft.hasPorts() || draft.isIcmp();
        return translated && toldApart
                ? own
                : own + " " + draft.destination.getHostAddress() + " " + draft.destinationPort;
    }

    private Draft draft() {
        boolean six = chance.percent(40);
        int protocol = chance.of(PROTOCOLS);
        if (six && protocol == Draft.ICMP && chance.percent(95)) {
            protocol = Draft.ICMP6;
        } else if (protocol == Draft.ICMP && chance.percent(3)) {
            protocol = Draft.ICMP6;
        }
        // Protocols without ports have few flows to tell apart: a random host each.
        boolean portless = protocol != Draft.TCP && protocol != Draft.UDP && protocol != Draft.SCTP;
        InetAddress source = chance.of(six ? Places.SOURCES6 : Places.SOURCES4);
        InetAddress destination = destination(six);
        if (portless && chance.percent(50) && Places.type(destination) == 0) {
            destination = neighbour(destination, chance.between(2, 60));
        }
        Draft draft = new Draft(source, destination, protocol);
        draft.etherSource = chance.of(Places.MACS);
        draft.etherDestination = etherDestination(destination);
        draft.sourcePort = chance.percent(40) ? chance.of(PORTS) : chance.between(1, 65535);
        draft.destinationPort = chance.percent(85) ? chance.of(PORTS) : chance.between(1, 65535);
        draft.tcpFlags = chance.percent(90) ? chance.of(FLAGS) : chance.below(256);
        draft.icmpIdentity = draft.isIcmp() ? chance.below(65536) : 0;
        if (protocol == Draft.SCTP) {
            draft.icmpType = chance.percent(75) ? Conntrack.SCTP_INIT : Conntrack.SCTP_DATA;
        } else if (draft.isIcmp()) {
            draft.icmpType = six ? chance.of(ICMP6_TYPES) : chance.of(ICMP_TYPES);
            draft.icmpCode = chance.percent(70) ? 0 : chance.between(1, 4);
        }
        draft.hopLimit = chance.of(HOP_LIMITS);
        draft.dscp = chance.of(DSCP);
        draft.padding = chance.percent(70) ? 0 : chance.among(4, 32, 92, 500, 1200);
        // The kernel takes no checksum of UDP-Lite for right: it computes UDP's (udplite_error).
        draft.checksumBroken = chance.percent(4) || protocol == Draft.UDPLITE;
        draft.part = chance.percent(92) ? Draft.Part.WHOLE : chance.among(Draft.Part.FIRST, Draft.Part.LATER);
        if (six) {
            draft.extensions = extensions(draft);
        }
        if (!draft.hasPorts()) {
            draft.sourcePort = 0;
            draft.destinationPort = 0;
        }
        return draft;
    }

    private InetAddress destination(boolean six) {
        int kind = chance.below(100);
        if (kind < 60) {
            return chance.of(six ? Places.OUTSIDE6 : Places.OUTSIDE4);
        }
        if (kind < 75) {
            return chance.of(six ? Places.INSIDE6 : Places.INSIDE4);
        }
        if (kind < 92) {
            return chance.of(six ? Places.ROUTER6 : Places.ROUTER4);
        }
        if (kind < 96) {
            return chance.of(six ? Places.MULTICAST6 : Places.MULTICAST4);
        }
        return six ? chance.of(Places.MULTICAST6) : chance.of(Places.BROADCAST4);
    }

    private static InetAddress neighbour(InetAddress address, int by) {
        byte[] octets = address.getAddress();
        octets[octets.length - 1] = (byte) (octets[octets.length - 1] ^ 0x80 ^ by);
        try {
            InetAddress found = InetAddress.getByAddress(octets);
            boolean taken =
                    Places.type(found) != 0 || Places.SOURCES4.contains(found) || Places.SOURCES6.contains(found);
            return taken ? address : found;
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long etherDestination(InetAddress destination) {
        byte[] octets = destination.getAddress();
        long type = Places.type(destination);
        if (type == org.funkstille.proof.filter.Field.TYPE_BROADCAST) {
            return 0xffffffffffffL;
        }
        if (type != org.funkstille.proof.filter.Field.TYPE_MULTICAST) {
            return Rig.ROUTER_MAC;
        }
        int low = java.nio.ByteBuffer.wrap(octets).getInt(octets.length - 4);
        return octets.length == 4 ? 0x01005e000000L | (low & 0x7fffff) : 0x333300000000L | (low & 0xffffffffL);
    }

    private List<Integer> extensions(Draft draft) {
        List<Integer> headers = new ArrayList<>();
        if (chance.percent(12)) {
            if (chance.percent(40)) {
                headers.add(Frames.HOP_BY_HOP);
            }
            if (chance.percent(50)) {
                headers.add(chance.among(Frames.DESTINATION_OPTIONS, Frames.ROUTING, Frames.AUTHENTICATION));
            }
        }
        if (draft.part != Draft.Part.WHOLE || chance.percent(2)) {
            headers.add(Frames.FRAGMENT); // one with nothing behind it is an atomic fragment
        }
        return List.copyOf(headers);
    }
}
