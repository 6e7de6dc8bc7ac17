package org.funkstille.lab.facade.opnsense;

/** The DHCP servers that OPNsense can serve with. In the lab all of them are one real dnsmasq. */
public enum DhcpService {
    /** The interface shows its leases and cannot reserve addresses. */
    ISC,
    DNSMASQ,
    KEA
}
