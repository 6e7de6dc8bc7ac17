package org.funkstille.discovery.draft;

import java.util.Optional;

/**
 * What the owner said of the router, beyond what can be found.
 *
 * @param user who logs in
 * @param namespace the network namespace from which the router is reached, where it is not this process's
 * @param root where the router's files are, if not under {@code /}
 */
public record Said(Optional<String> user, Optional<String> namespace, Optional<String> root) {

    public static final Said NOTHING = new Said(Optional.empty(), Optional.empty(), Optional.empty());
}
