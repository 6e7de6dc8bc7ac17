package org.funkstille.lab.guarding;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.verdict.Grade;
import org.funkstille.lab.facade.http.FacadeServer;
import org.funkstille.lab.facade.http.Faults;

/** A router system as the contract of drivers sees it: whatever stands behind it, the same must hold. */
interface RouterUnderTest extends AutoCloseable {

    /** What a system cannot do, whoever drives it; the manual's table of routers says the same. */
    enum Lack {
        /** Its resolver answers a locked device. */
        REFUSAL_OF_ITS_OWN_SERVICES,
        /** Nothing but Funkstille closes a window there. */
        CLOSING_OF_WINDOWS,
        /** Flows that a window let through live on until somebody cuts them. */
        CUTTING_AT_THE_END_OF_A_WINDOW,
        /** An owner's rule cannot stand before anything: there are none. */
        RULES_OF_ITS_OWNER
    }

    /** The home, as its owner would write it for this router. */
    String yaml();

    /** By the name that the home has for them. */
    Map<String, String> secrets();

    Set<Lack> lacks();

    /** Of a silent verdict. */
    Grade grade();

    /** The whole configuration as its owner would see it, without anything that changes by itself. */
    String configuration() throws Exception;

    /** Its owner puts a rule before all others that lets everything out. */
    void ownerLetsEverythingOut() throws Exception;

    /** ... and takes it away again. */
    void ownerTakesThatBack() throws Exception;

    /** As after a power cut. */
    void restart() throws Exception;

    /** The router's own clock goes on by this; what it does by the clock it has done then. */
    void letTimePass(Duration time) throws Exception;

    /** A window that is long enough for this router, and short enough for a test. */
    Duration window();

    /** Where it speaks HTTP. */
    record Web(FacadeServer server, Faults faults) {}

    Optional<Web> web();

    @Override
    void close();

    /** True where this router can cover what the device sends over IPv6. */
    default boolean coversIpv6() {
        return true;
    }
}
