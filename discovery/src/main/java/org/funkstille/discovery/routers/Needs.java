package org.funkstille.discovery.routers;

import java.net.InetAddress;
import java.util.List;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.Addresses;

/** What the owner has to do on a router before Funkstille can drive it, and where to click. */
final class Needs {

    /** Where the package's builds are, by pfSense version (README of pfrest/pfSense-pkg-RESTAPI). */
    private static final String REST_PACKAGES = "https://github.com/pfrest/pfSense-pkg-RESTAPI/releases/";

    private Needs() {}

    /** @param packageFound for pfSense: its REST API answered */
    static List<String> of(RouterType type, InetAddress address, boolean packageFound) {
        String host = Addresses.text(address);
        return switch (type) {
            case PFSENSE -> packageFound ? pfsenseKey() : pfsenseFromScratch();
            case OPNSENSE ->
                List.of(
                        "OPNsense 24.7 or newer. System > Access > Users: open the user, \"API keys\" > add. The browser"
                                + " saves a file with a key and a secret.",
                        "export FUNKSTILLE_KEY='KEY:SECRET' with both of them, a colon in between.");
            case FRITZBOX ->
                List.of(
                        "Home Network > Network > Network Settings: tick \"Allow access for applications\" (Zugriff für"
                                + " Anwendungen zulassen).",
                        "System > FRITZ!Box Users: a user with a password and the right \"FRITZ!Box Settings\"; put its"
                                + " name behind \"user:\".",
                        "export FUNKSTILLE_PASSWORD='…' with that password. A wrong one locks everybody out for a"
                                + " while, so it is never tried twice.");
            case LINUX ->
                List.of(
                        "ssh-copy-id root@" + host + ": Funkstille needs root there, by key.",
                        "The programs nft, ip, conntrack, tcpdump and ping on the router (on Debian: apt-get install"
                                + " nftables iproute2 conntrack tcpdump iputils-ping).");
            case OPENWRT, IPFIRE, MIKROTIK, UNIFI ->
                List.of("This version of Funkstille recognises it, but does not drive it yet.");
        };
    }

    private static List<String> pfsenseFromScratch() {
        return List.of(
                "Install the package pfSense-pkg-RESTAPI, version 2. On CE 2.8.1, in Diagnostics > Command Prompt:"
                        + " pkg-static add " + REST_PACKAGES + "latest/download/pfSense-2.8.1-pkg-RESTAPI.pkg",
                "For CE 2.7.2 take v2.4.3, the last one for it, for others the file that bears their version: "
                        + REST_PACKAGES + " (on pfSense Plus: pkg-static -C /dev/null add …). An update of pfSense"
                        + " removes the package; install it again then.",
                "System > REST API > Settings: among the authentication methods select Key.",
                "System > REST API > Keys: add one, and copy it; it is shown only once.",
                "export FUNKSTILLE_KEY='…' with that key.");
    }

    private static List<String> pfsenseKey() {
        List<String> all = pfsenseFromScratch();
        return all.subList(2, all.size());
    }
}
