package org.funkstille.lab.kernelproof;

import org.funkstille.proof.filter.Packet;

/**
 * One packet of the device.
 *
 * @param number stands at the end of its octets
 * @param packet the same, as the proof sees it
 */
record Sample(int number, Draft draft, Packet packet) {

    /** @param nft the rules are nft's, also where iptables wrote them */
    static Sample of(int number, Draft draft, boolean nft) {
        return new Sample(number, draft, Modelled.packet(draft, nft));
    }

    /** What is sent. */
    byte[] frame() {
        return Frames.frame(draft, number);
    }

    @Override
    public String toString() {
        return draft + " as " + packet;
    }
}
