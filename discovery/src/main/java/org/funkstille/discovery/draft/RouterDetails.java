package org.funkstille.discovery.draft;

import java.util.Optional;
import org.funkstille.core.model.Router;

/**
 * What is known of the router that looking at it from outside does not tell.
 *
 * @param user who logs in
 * @param namespace the network namespace from which the router is reached, where it is not this process's
 * @param root where the router's files are, if not under {@code /}
 * @param dhcp where its dnsmasq keeps reservations and leases, where that has to be said
 */
public record RouterDetails(
        Optional<String> user, Optional<String> namespace, Optional<String> root, Optional<Router.DhcpFiles> dhcp) {

    public static final RouterDetails NONE =
            new RouterDetails(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public RouterDetails with(Optional<Router.DhcpFiles> files) {
        return new RouterDetails(user, namespace, root, files);
    }
}
