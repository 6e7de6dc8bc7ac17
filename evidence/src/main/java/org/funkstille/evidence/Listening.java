package org.funkstille.evidence;

import java.util.OptionalInt;

/**
 * What to listen to.
 *
 * @param refusals the NFLOG group of the rules that refuse, 0 to 65535
 * @param names the NFLOG group of the rules that log the resolver's answers
 * @param flows whether to listen to connection tracking; bytes are counted only where
 *     {@code net.netfilter.nf_conntrack_acct} is 1
 * @param neighbours whether to listen to ARP and neighbour discovery, beginning with what is known already
 * @param rules whether to listen to changes of the nftables rule set
 * @param receiveBuffer octets that the kernel may keep for each of these before it drops
 */
public record Listening(
        OptionalInt refusals, OptionalInt names, boolean flows, boolean neighbours, boolean rules, int receiveBuffer) {

    private static final int USUAL_BUFFER = 16 * 1024 * 1024;

    public Listening {
        requireGroup(refusals);
        requireGroup(names);
    }

    public static Listening toNothing() {
        return new Listening(OptionalInt.empty(), OptionalInt.empty(), false, false, false, USUAL_BUFFER);
    }

    public static Listening toAll(int refusals, int names) {
        return new Listening(OptionalInt.of(refusals), OptionalInt.of(names), true, true, true, USUAL_BUFFER);
    }

    public Listening withRefusals(int group) {
        return new Listening(OptionalInt.of(group), names, flows, neighbours, rules, receiveBuffer);
    }

    public Listening withNames(int group) {
        return new Listening(refusals, OptionalInt.of(group), flows, neighbours, rules, receiveBuffer);
    }

    public Listening withFlows() {
        return new Listening(refusals, names, true, neighbours, rules, receiveBuffer);
    }

    public Listening withNeighbours() {
        return new Listening(refusals, names, flows, true, rules, receiveBuffer);
    }

    public Listening withRules() {
        return new Listening(refusals, names, flows, neighbours, true, receiveBuffer);
    }

    public Listening withReceiveBuffer(int octets) {
        return new Listening(refusals, names, flows, neighbours, rules, octets);
    }

    private static void requireGroup(OptionalInt group) {
        if (group.isPresent() && (group.getAsInt() < 0 || group.getAsInt() > 0xffff)) {
            throw new IllegalArgumentException("not an NFLOG group: " + group.getAsInt());
        }
    }
}
