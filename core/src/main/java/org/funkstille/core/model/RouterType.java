package org.funkstille.core.model;

import java.util.Locale;

/** The router systems that the configuration knows by name. */
public enum RouterType {
    LINUX,
    PFSENSE,
    OPNSENSE,
    FRITZBOX,
    OPENWRT,
    IPFIRE,
    MIKROTIK,
    UNIFI;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
