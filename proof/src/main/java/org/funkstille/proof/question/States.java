package org.funkstille.proof.question;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * What Linux's connection tracking says of the first packet of a flow (net/netfilter/nf_conntrack_proto_*.c, kernel
 * 6.1 to 6.18, nf_conntrack_tcp_loose on as by default).
 */
final class States {

    private static final int FIN = 1;
    private static final int RST = 4;
    private static final int PSH = 8;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int URG = 32;
    private static final int ECE = 64;
    private static final int CWR = 128;

    /** {@code valid_new} in nf_conntrack_proto_icmp.c: echo, timestamp, information and address mask request. */
    private static final ValueSet REQUESTS4 = numbers(Field.ICMP_TYPE, 8, 13, 15, 17);

    /** {@code valid_new} in nf_conntrack_proto_icmpv6.c: echo request and node information query. */
    private static final ValueSet REQUESTS6 = numbers(Field.ICMP_TYPE, 128, 139);

    /** {@code noct_valid_new} there: multicast listener and neighbour discovery, which are never tracked. */
    private static final ValueSet UNTRACKED6 = numbers(Field.ICMP_TYPE, 130, 131, 132, 133, 134, 135, 136, 143);

    private static final ValueSet NEW_FLAGS = ValueSet.ofAll(
            Field.TCP_FLAGS.bits(),
            LongStream.range(0, 256)
                    .filter(States::beginsFlow)
                    .mapToObj(flags -> Range.of(flags, flags))
                    .toList());

    private static final ValueSet TCP = Field.PROTOCOL.only(6);
    private static final ValueSet ICMP = Field.PROTOCOL.only(1);
    private static final ValueSet AUTHENTICATION = Field.PROTOCOL.only(51);
    private static final ValueSet ICMP6 = Field.PROTOCOL.only(58);

    private States() {}

    /** The packets of the box with every state that they can be in. Any packet can be invalid: by its checksum. */
    static List<Box> of(Box box) {
        List<Box> states = new ArrayList<>();
        Box fresh = box.with(Field.STATE, Field.STATE_NEW);
        states.add(box.with(Field.STATE, Field.STATE_INVALID));
        if (box.get(Field.FAMILY).contains(Field.IPV4)) {
            states.add(fresh.restrict(Field.PROTOCOL, TCP.union(ICMP).complement()));
            states.add(fresh.restrict(Field.PROTOCOL, ICMP).restrict(Field.ICMP_TYPE, REQUESTS4));
        } else {
            states.add(fresh.restrict(Field.PROTOCOL, TCP.union(ICMP6).complement()));
            states.add(fresh.restrict(Field.PROTOCOL, ICMP6).restrict(Field.ICMP_TYPE, REQUESTS6));
            states.add(box.with(Field.STATE, Field.STATE_UNTRACKED)
                    .restrict(Field.PROTOCOL, ICMP6)
                    .restrict(Field.ICMP_TYPE, UNTRACKED6));
            // Tracking looks behind an authentication header, nftables does not: to its rules that is the protocol.
            states.add(box.with(Field.STATE, Field.STATE_UNTRACKED).restrict(Field.PROTOCOL, AUTHENTICATION));
        }
        states.add(fresh.restrict(Field.PROTOCOL, TCP).restrict(Field.TCP_FLAGS, NEW_FLAGS));
        return states.stream().filter(one -> !one.isEmpty()).toList();
    }

    /** {@code tcp_valid_flags}, and the row of {@code tcp_conntracks} for a flow that is not known. */
    private static boolean beginsFlow(long flags) {
        long told = flags & ~(ECE | CWR | PSH);
        boolean reset = (told & (RST | FIN)) != 0;
        return !reset && (told == SYN || told == (SYN | URG) || told == ACK || told == (ACK | URG));
    }

    private static ValueSet numbers(Field field, long... numbers) {
        return ValueSet.ofAll(
                field.bits(),
                LongStream.of(numbers)
                        .mapToObj(number -> Range.of(number, number))
                        .toList());
    }
}
