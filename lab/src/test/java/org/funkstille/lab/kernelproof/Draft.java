package org.funkstille.lab.kernelproof;

import java.net.InetAddress;
import java.util.List;
import org.funkstille.core.net.Addresses;

/** What a packet is to be. Filled in step by step, then made into octets and into the proof's form. */
final class Draft {

    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int GRE = 47;
    static final int ESP = 50;
    static final int ICMP6 = 58;
    static final int NO_NEXT_HEADER = 59;
    static final int SCTP = 132;
    static final int UDPLITE = 136;

    /** Which part of a datagram it is. */
    enum Part {
        WHOLE,
        FIRST,
        LATER
    }

    final InetAddress source;
    final InetAddress destination;
    final int protocol;
    long etherSource;
    long etherDestination = Rig.ROUTER_MAC;
    int sourcePort;
    int destinationPort;

    /** Of SCTP: the type of its chunk. */
    int icmpType;

    int icmpCode;
    /** Of ICMP echo and the like; makes it a flow of its own. */
    int icmpIdentity;

    int tcpFlags;
    int hopLimit = 64;
    int dscp;
    int padding;
    Part part = Part.WHOLE;
    boolean checksumBroken;
    List<Integer> extensions = List.of();

    Draft(InetAddress source, InetAddress destination, int protocol) {
        this.source = source;
        this.destination = destination;
        this.protocol = protocol;
    }

    boolean six() {
        return destination.getAddress().length == 16;
    }

    boolean hasPorts() {
        return part != Part.LATER && (protocol == TCP || protocol == UDP || protocol == SCTP || protocol == UDPLITE);
    }

    boolean isIcmp() {
        return part != Part.LATER && protocol == (six() ? ICMP6 : ICMP);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("protocol " + protocol + " " + Addresses.text(source));
        text.append(hasPorts() ? ":" + sourcePort : "").append(" > ").append(Addresses.text(destination));
        text.append(hasPorts() ? ":" + destinationPort : "");
        text.append(isIcmp() ? " type " + icmpType + " code " + icmpCode : "");
        text.append(protocol == TCP ? " flags 0x" + Integer.toHexString(tcpFlags) : "");
        text.append(" ttl ").append(hopLimit).append(" dscp ").append(dscp);
        text.append(part == Part.WHOLE ? "" : " fragment " + part);
        text.append(checksumBroken ? " checksum broken" : "");
        text.append(extensions.isEmpty() ? "" : " extensions " + extensions);
        return text.toString();
    }
}
