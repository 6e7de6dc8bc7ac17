package org.funkstille.core.model;

import java.util.Locale;

/** What a refused packet's sender is told. */
public enum Answer {
    /** TCP reset, or ICMP "administratively prohibited": the device knows at once. */
    REJECT,
    /** Nothing: the device waits until its own time-out. */
    DROP;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
