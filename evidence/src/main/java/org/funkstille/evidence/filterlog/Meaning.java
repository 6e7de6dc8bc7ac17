package org.funkstille.evidence.filterlog;

/** What it means where one of our rules logs a packet. */
public enum Meaning {
    /** The packet was refused. */
    REFUSES,
    /** The packet may pass: an open window, or a destination that the device may reach. */
    PASSES
}
