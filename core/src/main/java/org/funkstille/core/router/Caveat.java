package org.funkstille.core.router;

import java.util.Optional;

/**
 * Something about this router that limits what may be said of it.
 *
 * @param text for people: what it is and what can be done
 * @param device the one that it is about; absent: all of them
 */
public record Caveat(Kind kind, String text, Optional<String> device) {

    /** About all devices. */
    public Caveat(Kind kind, String text) {
        this(kind, text, Optional.empty());
    }

    public boolean isAbout(String name) {
        return device.filter(one -> !one.equals(name)).isEmpty();
    }

    /** What a caveat takes away. */
    public enum Kind {
        /** Packets of running flows bypass the packet filter: a window's flows may outlive it. */
        FLOW_OFFLOAD,
        /** The router tracks no connections: answers within the house and flow events are missing. */
        NO_TRACKING,
        /** The router does not count the bytes of flows. */
        NO_ACCOUNTING,
        /** We cannot pin addresses here; the owner must. */
        NO_RESERVATIONS,
        /** The rules would not come back by themselves after a reboot. */
        NOT_SAVED,
        /** What the listeners miss is not counted, so their silence is worth less. */
        LOSSES_NOT_COUNTED,
        /** The rules in force could not be compared with what they should be. */
        NOT_COMPARED,
        /** Its rules know devices by address, not by MAC: what takes another address is another device to it. */
        BY_ADDRESS,
        /** Nothing holds a device back yet: the router has to know an address of it first. */
        NOT_HELD,
        /** What a device sends over IPv6 may get out, and nothing here can show whether it does. */
        IPV6_UNKNOWN,
        /** Its whole rule set cannot be read, so nothing can be proved of it. */
        NO_RULE_SET,
        /** It does not count what its rules refuse. */
        NO_COUNTERS,
        /** It tells of no flows that pass. */
        NO_FLOWS,
        /** Its table of open flows cannot be read. */
        NO_STATES,
        /** Nothing can be sent that it must refuse, or it does not tell of refusals. */
        NO_CANARY,
        /** Some open flows cannot be ended from outside; they live until they time out. */
        FLOWS_NOT_CUT
    }
}
