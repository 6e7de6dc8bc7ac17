package org.funkstille.lab.facade.fritzbox;

import org.funkstille.lab.facade.fritzbox.tr064.Digest;
import org.funkstille.lab.facade.http.Faults;

/**
 * The parts of a box that its interfaces share.
 *
 * @param webSessions of the web interface
 * @param documentSessions in the addresses of documents that TR-064 names
 */
record Box(
        Options options,
        BoxClock clock,
        Faults faults,
        Configuration configuration,
        LanDevices devices,
        HostFilter filter,
        Reservations reservations,
        Logins logins,
        Digest digest,
        Sessions webSessions,
        Sessions documentSessions,
        SecondFactor secondFactor) {

    @Override
    public String toString() {
        return options.toString();
    }
}
