package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * A host that the box knows.
 *
 * @param active true where it is there now; of others the box remembers the last address
 * @param guest true in the guest network, where the box cannot lock single hosts
 * @param lock absent where this was not asked
 */
record BoxHost(Mac mac, InetAddress address, boolean active, String name, boolean guest, Optional<Lock> lock) {

    /** What the box says of whether an address may go out. */
    enum Access {
        GRANTED,
        DENIED,
        /** A change is under way, or the box cannot tell. */
        ERROR;

        static Access of(String text) {
            return switch (text) {
                case "granted" -> GRANTED;
                case "denied" -> DENIED;
                default -> ERROR;
            };
        }
    }

    /**
     * @param disallowed the lock itself
     * @param access what comes of it; an access profile of the owner's may deny as well
     */
    record Lock(boolean disallowed, Access access) {

        boolean shut() {
            return disallowed && access == Access.DENIED;
        }

        boolean open() {
            return !disallowed && access == Access.GRANTED;
        }
    }

    BoxHost with(Lock asked) {
        return new BoxHost(mac, address, active, name, guest, Optional.of(asked));
    }

    boolean shut() {
        return lock.filter(Lock::shut).isPresent();
    }

    boolean disallowed() {
        return lock.filter(Lock::disallowed).isPresent();
    }

    boolean changing() {
        return lock.filter(found -> found.access == Access.ERROR).isPresent();
    }
}
