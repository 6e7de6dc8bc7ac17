package org.funkstille.lab.facade.opnsense;

import java.util.List;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfHost;
import org.funkstille.lab.facade.pf.PfRule;

/**
 * Rules of the older kind, which up to 26.1 the installer writes and which stand behind all of the newer kind. The labels
 * of the default rules are those that the real code makes.
 */
final class LegacyRules {

    private static final PfAddress LINK_LOCAL =
            PfAddress.Net.tryParse("fe80::/10").orElseThrow();

    private LegacyRules() {}

    static List<GeneratedRule> all() {
        return List.of(
                rule(
                        "c9fb95f8275a8a73ce4a68190ed7bc51",
                        "Default allow LAN to any rule",
                        BoxInterface.LAN,
                        Family.IPV4,
                        PfHost.of(lan())),
                rule(
                        "e0d7d87c02c29ff98108738507811fec",
                        "Default allow LAN IPv6 to any rule",
                        BoxInterface.LAN,
                        Family.IPV6,
                        PfHost.of(lan(), LINK_LOCAL)),
                rule(Md5.of("iot4"), "allow IOT to any", BoxInterface.OPT1, Family.IPV4, PfHost.ANY),
                rule(Md5.of("iot6"), "allow IOT to any", BoxInterface.OPT1, Family.IPV6, PfHost.ANY));
    }

    private static PfAddress lan() {
        return new PfAddress.OfInterface(BoxInterface.LAN.device(), true);
    }

    private static GeneratedRule rule(String label, String description, BoxInterface on, Family family, PfHost from) {
        return new GeneratedRule(
                label,
                400_000,
                description,
                true,
                "",
                List.of(PfRule.pass(PfRule.Direction.IN)
                        .quick()
                        .on(on.device())
                        .family(family)
                        .from(from)
                        .label(label)
                        .build()));
    }
}
