package org.funkstille.core.evidence;

/** Packets and bytes in both directions, IP headers included; "out" is the direction of the flow's first packet. */
public record Traffic(long packetsOut, long bytesOut, long packetsIn, long bytesIn) {

    public static final Traffic NONE = new Traffic(0, 0, 0, 0);
}
