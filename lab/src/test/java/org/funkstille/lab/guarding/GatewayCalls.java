package org.funkstille.lab.guarding;

import java.net.InetAddress;
import java.util.Set;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.cloud.Query;

/** Where the gateway phones; nobody else in the lab does. */
final class GatewayCalls {

    static final InetAddress OT4 =
            CloudNames.resolve(CloudNames.OT, Family.IPV4).getFirst();
    static final InetAddress OT6 =
            CloudNames.resolve(CloudNames.OT, Family.IPV6).getFirst();
    static final InetAddress OTT4 =
            CloudNames.resolve(CloudNames.OTT, Family.IPV4).getFirst();
    static final InetAddress OTT6 =
            CloudNames.resolve(CloudNames.OTT, Family.IPV6).getFirst();

    static final Set<Endpoint> ALL = Set.of(
            new Endpoint(OT4, Protocol.UDP, Cloud.MIIO_UDP),
            new Endpoint(OT6, Protocol.UDP, Cloud.MIIO_UDP),
            new Endpoint(OTT4, Protocol.TCP, Cloud.MIIO_TCP),
            new Endpoint(OTT6, Protocol.TCP, Cloud.MIIO_TCP),
            new Endpoint(CloudNames.BARE_UDP, Protocol.UDP, Cloud.MIIO_UDP),
            new Endpoint(CloudNames.BARE_IPV6, Protocol.UDP, Cloud.MIIO_UDP),
            new Endpoint(CloudNames.BARE_TCP, Protocol.TCP, Cloud.MIIO_TCP),
            new Endpoint(CloudNames.BARE_IPV6, Protocol.TCP, Cloud.MIIO_TCP),
            new Endpoint(CloudNames.PUBLIC_RESOLVER, Protocol.UDP, Cloud.DNS));

    private GatewayCalls() {}

    static boolean includes(Arrival arrival) {
        return ALL.contains(arrival.destination());
    }

    /** Also through the router's resolver. */
    static boolean includes(Query query) {
        return query.name().equals(CloudNames.OT) || query.name().equals(CloudNames.OTT);
    }
}
