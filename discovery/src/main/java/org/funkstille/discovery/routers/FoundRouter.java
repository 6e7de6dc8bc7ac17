package org.funkstille.discovery.routers;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.RouterType;

/**
 * A router that was found.
 *
 * @param type absent where nothing tells what it runs
 * @param system what it is, for people: "FRITZ!Box 7590"
 * @param via how Funkstille gets at it, as {@code funkstille.yaml} has it; empty where it cannot
 * @param certificate the fingerprint of the certificate that it showed, {@code sha256:…}
 * @param evidence why it is thought to be that, a line each, for people
 * @param needs what its owner has to do first, a step each
 */
public record FoundRouter(
        Optional<RouterType> type,
        String system,
        InetAddress address,
        Optional<String> via,
        Optional<String> certificate,
        List<String> evidence,
        List<String> needs) {

    public FoundRouter {
        evidence = List.copyOf(evidence);
        needs = List.copyOf(needs);
    }

    /** True where this version of Funkstille has a driver for its system. */
    public boolean driven() {
        return via.isPresent() && type.filter(FoundRouter::driven).isPresent();
    }

    /** The router that its owner told how to get at. */
    public static FoundRouter told(RouterType type, InetAddress address, String via) {
        return new FoundRouter(
                Optional.of(type),
                RouterRecognition.title(type),
                address,
                Optional.of(via),
                Optional.empty(),
                List.of("you said how to get at it"),
                via.startsWith("ssh:") ? Needs.of(type, address, false) : List.of("Run Funkstille as root."));
    }

    static boolean driven(RouterType type) {
        return switch (type) {
            case LINUX, PFSENSE, OPNSENSE, FRITZBOX -> true;
            case OPENWRT, IPFIRE, MIKROTIK, UNIFI -> false;
        };
    }
}
