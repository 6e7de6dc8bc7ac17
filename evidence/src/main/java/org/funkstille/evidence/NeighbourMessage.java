package org.funkstille.evidence;

import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.evidence.EvidenceEvent.NeighbourSeen;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;

/** Reads what the kernel says of its neighbour tables (linux/neighbour.h, linux/rtnetlink.h). */
final class NeighbourMessage {

    /** RTM_NEWNEIGH. */
    static final int NEW = 28;

    /** RTM_GETNEIGH. */
    static final int GET = 30;

    /** struct ndmsg: family, padding, interface (4), state (2), flags, type. */
    static final int NDMSG = 12;

    private static final int STATE = 8;
    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;

    /** NUD_REACHABLE, STALE, DELAY, PROBE, PERMANENT: the others have no address that was ever confirmed. */
    private static final int HAS_ADDRESS = 0x02 | 0x04 | 0x08 | 0x10 | 0x80;

    private NeighbourMessage() {}

    static Decoded decode(int type, Octets body, ByteOrder order, Instant now) {
        if (type != NEW) {
            return Decoded.NOTHING;
        }
        if (!body.has(0, NDMSG)) {
            return Decoded.MALFORMED;
        }
        byte[] address = {};
        Optional<Mac> mac = Optional.empty();
        AttributeCursor attribute = new AttributeCursor(body, NDMSG, order);
        while (attribute.next()) {
            Octets value = attribute.value();
            switch (attribute.type()) {
                case NDA_DST -> address = value.copy(0, value.length());
                case NDA_LLADDR -> mac = value.length() == 6 ? Optional.of(Mac.of(value.copy(0, 6))) : Optional.empty();
                default -> {}
            }
        }
        if (attribute.isDamaged()) {
            return Decoded.MALFORMED;
        }
        boolean confirmed = (body.u16(STATE, order) & HAS_ADDRESS) != 0;
        if (!confirmed || mac.isEmpty() || (address.length != 4 && address.length != 16)) {
            return Decoded.NOTHING; // a bridge's table of ports comes the same way
        }
        return Decoded.of(new NeighbourSeen(now, mac.get(), Addresses.of(address)));
    }
}
