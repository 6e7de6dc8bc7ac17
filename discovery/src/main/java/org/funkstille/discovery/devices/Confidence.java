package org.funkstille.discovery.devices;

import java.util.Locale;

/** How sure it is what a device is. */
public enum Confidence {
    /** It names its model, and a second sign agrees. */
    SURE,
    /** It names its model; nothing else speaks for it or against it. */
    LIKELY,
    /** It speaks a protocol of the family; which model it is, nothing says. */
    FAMILY,
    /** Something hints at the family, as a telephone of that maker would too; or its signs contradict each other. */
    MAYBE,
    /** Nothing is known of it. */
    UNKNOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
