package org.funkstille.core.model;

import java.util.Optional;

/**
 * A system that Funkstille drives.
 *
 * @param password where it wants one; a key is better where it takes one
 * @param root where the router's files are, {@code /} but for namespaces that have files of their own
 * @param dhcp where its DHCP server keeps reservations and leases; absent: found from its configuration
 * @param services false where its owner says that it offers no service that could pass on what a device tells it: no
 *     resolver, no time server, no proxy. Then what its rules let in is no way out
 * @param access how it lets us in, for systems that are driven over the network
 */
public record Router(
        String name,
        RouterType type,
        Via via,
        Optional<Secret> password,
        String root,
        Optional<DhcpFiles> dhcp,
        boolean services,
        RouterAccess access) {

    /** A router with services, driven from within. */
    public Router(
            String name, RouterType type, Via via, Optional<Secret> password, String root, Optional<DhcpFiles> dhcp) {
        this(name, type, via, password, root, dhcp, true, RouterAccess.NONE);
    }

    /**
     * The files of a dnsmasq.
     *
     * @param hosts the directory of {@code dhcp-hostsdir=}
     * @param leases the file of {@code dhcp-leasefile=}
     */
    public record DhcpFiles(String hosts, String leases) {}
}
