package org.funkstille.lab.kernelproof;

import org.funkstille.proof.filter.Packet;

/**
 * One packet of the device.
 *
 * @param number stands at the end of its octets
 * @param frame what is sent
 * @param packet the same, as the proof sees it
 */
record Sample(int number, Draft draft, byte[] frame, Packet packet) {

    /** @param nft the rules are nft's, also where iptables wrote them */
    static Sample of(int number, Draft draft, boolean nft) {
        return new Sample(number, draft, Frames.frame(draft, number), Modelled.packet(draft, nft));
    }

    @Override
    public String toString() {
        return draft + " as " + packet;
    }
}
