package org.funkstille.routers.opnsense;

import java.util.List;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;

/** One of the DHCP servers that OPNsense has; which of them serves is its owner's choice. */
sealed interface DhcpServer permits DnsmasqDhcp, KeaDhcp, IscDhcp {

    /** As its page is called. */
    String name();

    /** True where it is running and has addresses to give. */
    boolean serves() throws RouterException;

    List<Lease> leases() throws RouterException;

    /** What it pins, everybody's. */
    List<StaticHost> hosts() throws RouterException;

    /** True where it can be told by its interface to pin an address. */
    boolean pins();

    /** Pins it; in force after {@link #takeOver}. */
    void reserve(Reservation reservation) throws RouterException;

    /** @param host one of {@link #hosts} */
    void remove(StaticHost host) throws RouterException;

    /** Has the service read what was saved. */
    void takeOver() throws RouterException;
}
