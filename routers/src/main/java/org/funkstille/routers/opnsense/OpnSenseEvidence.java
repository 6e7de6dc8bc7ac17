package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.RemoteRouter;

/**
 * How this router's evidence is listened to: its filter log, where lines of our rules carry their uuids, and its table of
 * states. Asked by listeners on threads of their own, while the driver goes on; so it keeps what they need of the last look.
 */
final class OpnSenseEvidence {

    /** pf keeps what is over for 30 s at least ({@code udp.single}; {@code tcp.closed} is 90 s). */
    private static final Duration BETWEEN_STATES = Duration.ofSeconds(8);

    private final RemoteRouter remote;
    private final States states;

    private volatile Known known = new Known(Set.of(), Set.of(), Set.of());

    /**
     * What is known of the last look.
     *
     * @param refusing ids of our rules that refuse and tell
     * @param own the router's own addresses
     * @param prefixes of its interfaces into the house
     */
    private record Known(Set<String> refusing, Set<InetAddress> own, Set<Prefix> prefixes) {}

    OpnSenseEvidence(RemoteRouter remote, OpnSenseApi api) {
        this.remote = remote;
        this.states = new States(api, this::isInside);
    }

    void learn(Snapshot found) {
        known = new Known(
                found.rules().stream()
                        .filter(rule -> rule.isOurs()
                                && "1".equals(rule.fields().get("log"))
                                && !"pass".equals(rule.fields().get("action")))
                        .map(FilterRule::uuid)
                        .collect(Collectors.toUnmodifiableSet()),
                Set.copyOf(found.legs().addresses()),
                // Also those that the router was given and that nobody wrote into the home.
                remote.home().inside().stream()
                        .flatMap(network -> found.legs().called(network.interfaceName()).stream())
                        .flatMap(leg -> leg.prefixes().stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    States states() {
        return states;
    }

    EvidenceAccess access(boolean seesStates) {
        Optional<EvidenceAccess.FilterLog> log = remote.router()
                .access()
                .syslog()
                .map(listen -> new EvidenceAccess.FilterLog(
                        remote.namespace(), listen, senders(), () -> known.refusing(), this::isOwn));
        Optional<EvidenceAccess.StateTable> table = seesStates
                ? Optional.of(new EvidenceAccess.StateTable(
                        () -> states.tracked(address -> isInside(address) && !isOwn(address)), BETWEEN_STATES))
                : Optional.empty();
        return new EvidenceAccess.OfRouter(log, table);
    }

    private Set<InetAddress> senders() {
        Set<InetAddress> senders = new LinkedHashSet<>(known.own());
        if (remote.router().via() instanceof Via.Https https) {
            Addresses.tryParse(https.host()).ifPresent(senders::add);
        }
        return senders;
    }

    private boolean isOwn(InetAddress address) {
        return known.own().contains(address);
    }

    private boolean isInside(InetAddress address) {
        return isOwn(address)
                || address.isLinkLocalAddress()
                || remote.home().inside().stream().anyMatch(network -> network.contains(address))
                || known.prefixes().stream().anyMatch(prefix -> prefix.contains(address));
    }
}
