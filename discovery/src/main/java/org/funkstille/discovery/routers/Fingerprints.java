package org.funkstille.discovery.routers;

import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.model.RouterType;

/**
 * What the web pages of routers look like before anybody has logged in. The names of scripts, themes and certificates are
 * taken where there are any, for titles and texts can be changed by the owner.
 */
final class Fingerprints {

    private Fingerprints() {}

    /** One reason to think that it is that system. */
    record Match(RouterType type, String reason) {}

    static Optional<Match> of(RouterClues clues) {
        return Stream.concat(clues.page().stream(), clues.plainPage().stream())
                .flatMap(page -> page(page).stream())
                .findFirst()
                .or(() -> clues.ipfirePage().filter(Fingerprints::ipfire).map(page -> ipfireMatch()));
    }

    private static Optional<Match> page(WebAnswer page) {
        if (pfsense(page)) {
            return match(RouterType.PFSENSE, page, "is the login page of pfSense");
        }
        if (opnsense(page)) {
            return match(RouterType.OPNSENSE, page, "is the login page of OPNsense");
        }
        if (page.says("/cgi-bin/luci")
                || page.says("cgi-bin/luci")
                || page.title().contains("LuCI")) {
            return match(RouterType.OPENWRT, page, "leads to LuCI, the web interface of OpenWrt");
        }
        if (page.title().startsWith("UniFi") || page.says("unifi-network-app-container")) {
            return match(RouterType.UNIFI, page, "is that of UniFi");
        }
        if (page.title().startsWith("RouterOS") || page.says("/webfig/")) {
            return match(RouterType.MIKROTIK, page, "is that of MikroTik RouterOS");
        }
        if (page.title().startsWith("FRITZ!Box")) {
            return match(RouterType.FRITZBOX, page, "is that of a FRITZ!Box");
        }
        return ipfire(page) ? Optional.of(ipfireMatch()) : Optional.empty();
    }

    /** pfsense/pfsense, src/etc/inc/authgui.inc; the certificate as its webConfigurator makes it. */
    static boolean pfsense(WebAnswer page) {
        return page.says("/js/pfSense.js") || page.title().contains("pfSense") || page.certifies("pfSense");
    }

    /** opnsense/core, src/www/authgui.inc; the certificate as system_webgui_create_certificate makes it. */
    static boolean opnsense(WebAnswer page) {
        return page.title().contains("OPNsense") || page.says("/ui/themes/opnsense") || page.certifies("OPNsense");
    }

    private static boolean ipfire(WebAnswer page) {
        return page.header("www-authenticate").contains("IPFire")
                || page.title().contains("IPFire");
    }

    private static Match ipfireMatch() {
        return new Match(RouterType.IPFIRE, "its web page is that of IPFire");
    }

    private static Optional<Match> match(RouterType type, WebAnswer page, String what) {
        String title = page.title().isEmpty() ? "" : " (\"" + page.title() + "\")";
        return Optional.of(new Match(type, "its web page " + what + title));
    }
}
