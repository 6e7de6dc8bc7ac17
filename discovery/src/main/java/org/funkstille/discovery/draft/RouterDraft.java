package org.funkstille.discovery.draft;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.Addresses;
import org.funkstille.discovery.routers.FoundRouter;

/**
 * Writes routers.
 *
 * @param ownAddress this machine's address towards the router
 */
record RouterDraft(RouterDetails details, Optional<InetAddress> ownAddress) {

    /** Where {@code syslog:} may listen: above the ports that need privileges. */
    private static final int SYSLOG_PORT = 5514;

    /** Stands where only the owner knows what belongs there. */
    private static final String UNKNOWN_USER = "CHANGE-ME";

    void write(Yaml out, FoundRouter router, String name) {
        RouterType type = router.type().orElse(RouterType.LINUX);
        router.evidence().forEach(reason -> out.comment("  ", reason));
        if (router.type().isEmpty()) {
            out.comment("  ", "Say here what it is, and how to get at it.");
        } else if (!router.driven()) {
            out.comment("  ", "It was found, but this version of Funkstille does not drive it yet.");
        }
        out.line("  - name: " + Yaml.value(name));
        out.line("    type: " + type.word());
        out.line("    via: " + Yaml.value(router.via().orElse("ssh://root@" + Addresses.text(router.address()))));
        switch (type) {
            case PFSENSE -> {
                out.line("    key: ${FUNKSTILLE_KEY}");
                pinned(out, router);
                out.comment(
                        "    ",
                        "With the next line Funkstille also asks pf itself, by pfSense's command prompt."
                                + " That is as good as root there.");
                out.line("    # allow: [command-prompt]");
                syslog(out);
            }
            case OPNSENSE -> {
                out.comment("    ", "key and secret of one API key, as KEY:SECRET");
                out.line("    key: ${FUNKSTILLE_KEY}");
                pinned(out, router);
                syslog(out);
            }
            case FRITZBOX -> {
                out.line("    user: " + Yaml.value(details.user().orElse(UNKNOWN_USER)));
                out.line("    password: ${FUNKSTILLE_PASSWORD}");
                pinned(out, router);
                out.comment("    ", "With the next line Funkstille also pins addresses, by the box's web interface.");
                out.line("    # allow: [web-interface]");
                out.comment(
                        "    ", "docs/routers.md says how Funkstille can see for itself whether a lock holds (probe).");
            }
            case LINUX, OPENWRT, IPFIRE, MIKROTIK, UNIFI -> {}
        }
        if (type == RouterType.LINUX) {
            details.root().ifPresent(root -> out.line("    root: " + Yaml.value(root)));
            details.dhcp()
                    .ifPresent(files -> out.line("    dhcp: {hosts: " + Yaml.value(files.hosts()) + ", leases: "
                            + Yaml.value(files.leases()) + "}"));
        }
        if (overNetwork(type)) {
            details.namespace().ifPresent(text -> out.line("    namespace: " + Yaml.value(text)));
        }
    }

    static boolean overNetwork(RouterType type) {
        return switch (type) {
            case PFSENSE, OPNSENSE, FRITZBOX -> true;
            case LINUX, OPENWRT, IPFIRE, MIKROTIK, UNIFI -> false;
        };
    }

    private static void pinned(Yaml out, FoundRouter router) {
        router.certificate().ifPresent(fingerprint -> {
            out.comment("    ", "the certificate that it showed; another one will be refused");
            out.line("    certificate: " + Yaml.value(fingerprint));
        });
    }

    private void syslog(Yaml out) {
        ownAddress.ifPresent(address -> {
            String text = Addresses.text(address);
            String host = text.indexOf(':') >= 0 ? "[" + text + "]" : text;
            out.comment(
                    "    ",
                    "Have the router send its firewall log here (remote logging), and single refused packets are seen.");
            out.line("    # syslog: " + Yaml.value(host + ":" + SYSLOG_PORT));
        });
    }
}
