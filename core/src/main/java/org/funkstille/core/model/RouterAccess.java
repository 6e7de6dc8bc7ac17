package org.funkstille.core.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.ServiceAddress;

/**
 * How a router that is driven over the network lets us in, and what its owner allows us there.
 *
 * @param user absent where a key says who we are
 * @param key pfSense: an API key; OPNsense: {@code key:secret}, as the file that it offers for download has them
 * @param certificate {@code sha256:} and the fingerprint of its certificate; absent: pinned on first use
 * @param rights what goes beyond the router's ordinary interface, each only where the owner names it
 * @param syslog where the router sends its filter log, an address of this machine; absent: nobody listens
 * @param namespace the network namespace of this machine from which the router is reached; absent: our own
 * @param probe a host that we play ourselves, to see whether what the router says holds
 */
public record RouterAccess(
        Optional<String> user,
        Optional<Secret> key,
        Optional<String> certificate,
        Set<Right> rights,
        Optional<ServiceAddress> syslog,
        Optional<String> namespace,
        Optional<Probe> probe) {

    public static final RouterAccess NONE = new RouterAccess(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public RouterAccess {
        rights = Set.copyOf(rights);
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** What an owner may allow beyond the ordinary. */
    public enum Right {
        /** pfSense: run {@code pfctl} by the API's command prompt, which is root. */
        COMMAND_PROMPT,
        /** FRITZ!Box: use calls of its web interface, which its vendor does not document, to pin addresses. */
        WEB_INTERFACE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A host on the router's network that exists only in packets we send.
     *
     * @param interfaceName this machine's interface towards the router
     * @param mac a hardware address that nobody has
     * @param address an IPv4 address that nobody has, in the router's network
     * @param targets where it knocks; they must answer when the way is open
     */
    public record Probe(String interfaceName, Mac mac, InetAddress address, List<Endpoint> targets) {

        public Probe {
            targets = List.copyOf(targets);
        }
    }
}
