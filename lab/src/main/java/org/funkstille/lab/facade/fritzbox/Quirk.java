package org.funkstille.lab.facade.fritzbox;

/** A way in which one FRITZ!Box differs from another, or in which nobody knows how they are. */
public enum Quirk {
    /** A model without the list of all hosts in one document, as the FRITZ!Box WLAN 3370. */
    NO_HOST_LIST,
    /** "Zugriff für Anwendungen zulassen" is off: every action is an invalid one. */
    NO_TR064,
    /** "Statusinformationen über UPnP übertragen" is off: nobody answers searches. */
    NO_SSDP,
    /** The user may use the phone, but lacks "FRITZ!Box Einstellungen". */
    NO_SETTINGS_RIGHT,
    /**
     * What the host filter is told to change needs a confirmation at the box. Not known of any box; a user for whom it
     * is on finds that the web interface takes changes and drops them silently (github.com/jvejmelka/fritzbox-static-lease).
     */
    SECOND_FACTOR,
    /** With {@link #SECOND_FACTOR}: too many confirmations failed. */
    SECOND_FACTOR_BLOCKED,
    /** With {@link #SECOND_FACTOR}: somebody else is asked for a confirmation at this moment. */
    SECOND_FACTOR_BUSY,
    /** Flows that were open before a device was locked live on. Whether they do is not known. */
    OPEN_FLOWS_LIVE_ON,
    /** The lock does not cover the IPv6 of a device. One public project says so, nobody else says anything. */
    IPV6_STAYS_OPEN,
    /** The box's own resolver does not answer locked devices. Whether it does is not known. */
    RESOLVER_REFUSES_LOCKED,
    /** A lock for an address that no host has is fault 501 and not 714. */
    UNKNOWN_ADDRESS_FAILS,
    /** While logins are blocked, TR-064 answers 503 and not 401 ("TR-064 First Steps" 4.1.1 allows it). */
    BLOCKED_IS_UNAVAILABLE,
    /** An old box, whose web interface knows the login with MD5 only. */
    MD5_LOGIN
}
