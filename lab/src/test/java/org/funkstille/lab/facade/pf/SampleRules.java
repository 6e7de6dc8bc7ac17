package org.funkstille.lab.facade.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfRule.Direction;

/** A small rule set of the kind that routers write. */
final class SampleRules {

    private SampleRules() {}

    /** Of what is in the table of the same name. */
    static PfRuleBuilder blockDevice() {
        return PfRule.block(Direction.IN)
                .quick()
                .on("iot0")
                .from(PfHost.table("device"))
                .label("device blocked");
    }

    /** @param owners rules between those of the system and those that let everything in */
    static PfRuleset with(List<PfRule> owners, boolean keepsCounters) {
        PfText text = PfText.brief();
        List<PfStatement> statements = new ArrayList<>();
        List<PfRule> system = new ArrayList<>(List.of(
                PfRule.block(Direction.IN).family(Family.IPV4).label("default").build(),
                PfRule.block(Direction.IN).family(Family.IPV6).label("default").build(),
                PfRule.pass(Direction.ANY)
                        .quick()
                        .family(Family.IPV6)
                        .protocols("ipv6-icmp")
                        .icmpTypes(1, 2, 133, 134, 135, 136)
                        .build(),
                PfRule.pass(Direction.IN)
                        .quick()
                        .on("lan0", "iot0")
                        .protocols("udp")
                        .from(PfHost.ANY, PfPorts.of(68))
                        .to(PfHost.ANY, PfPorts.of(67))
                        .build(),
                PfRule.anchor("userrules/*")));
        system.addAll(owners);
        system.add(PfRule.pass(Direction.IN).on("lan0").label("lan").build());
        system.add(PfRule.pass(Direction.IN).on("iot0").label("iot").build());
        for (PfRule rule : system) {
            StringBuilder lines = new StringBuilder();
            try {
                PfExpansion.of(rule).forEach(one -> lines.append(text.of(one)).append('\n'));
            } catch (PfRefusal refused) {
                lines.append("# ").append(refused.getMessage()).append('\n');
            }
            statements.add(PfStatement.of(lines.toString(), rule));
        }
        return new PfRuleset(
                "set limit states 25600\n",
                List.of(new PfTable("device", "table <device> persist\n", Optional.empty())),
                List.of("scrub on iot0 inet all fragment reassemble"),
                List.of("nat on wan0 inet from 192.168.0.0/16 to any -> 198.51.100.2 port 1024:65535"),
                "",
                statements,
                keepsCounters);
    }
}
