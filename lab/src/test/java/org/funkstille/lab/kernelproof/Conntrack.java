package org.funkstille.lab.kernelproof;

import java.util.Set;
import org.funkstille.proof.filter.Field;

/**
 * What the kernel's connection tracking says of a draft that is the only packet of its flow. Written down from
 * net/netfilter/nf_conntrack_core.c and nf_conntrack_proto_*.c, apart from what the proof says.
 */
final class Conntrack {

    static final int SCTP_INIT = 1;
    static final int SCTP_DATA = 0;

    private static final Set<Integer> BEGINNINGS4 = Set.of(8, 13, 15, 17);
    private static final Set<Integer> BEGINNINGS6 = Set.of(128, 139);
    private static final Set<Integer> NEVER_TRACKED6 = Set.of(130, 131, 132, 133, 134, 135, 136, 143);

    private Conntrack() {}

    static long state(Draft draft) {
        if (draft.part == Draft.Part.LATER) {
            return Field.STATE_INVALID; // tracking never sees one; without tracking nothing asks
        }
        return switch (draft.protocol) {
            case Draft.TCP -> valid(!draft.checksumBroken && beginsConnection(draft.tcpFlags));
            case Draft.UDP, Draft.UDPLITE -> valid(!draft.checksumBroken);
            case Draft.SCTP -> valid(!draft.checksumBroken && draft.icmpType == SCTP_INIT);
            case Draft.ICMP -> valid(!draft.six() && !draft.checksumBroken && BEGINNINGS4.contains(draft.icmpType));
            case Draft.ICMP6 -> icmp6(draft);
            // nf_conntrack_core.c get_l4proto: ipv6_skip_exthdr stops there and finds no protocol
            case Draft.NO_NEXT_HEADER -> valid(!draft.six());
            default -> Field.STATE_NEW;
        };
    }

    private static long icmp6(Draft draft) {
        if (!draft.six() || draft.checksumBroken) {
            return Field.STATE_INVALID;
        }
        return NEVER_TRACKED6.contains(draft.icmpType)
                ? Field.STATE_UNTRACKED
                : valid(BEGINNINGS6.contains(draft.icmpType));
    }

    private static long valid(boolean valid) {
        return valid ? Field.STATE_NEW : Field.STATE_INVALID;
    }

    /** SYN, or ACK in the middle of a connection that began before (nf_conntrack_tcp_loose). */
    private static boolean beginsConnection(int flags) {
        boolean fin = (flags & 1) != 0;
        boolean syn = (flags & 2) != 0;
        boolean reset = (flags & 4) != 0;
        boolean ack = (flags & 16) != 0;
        return !fin && !reset && syn != ack;
    }
}
