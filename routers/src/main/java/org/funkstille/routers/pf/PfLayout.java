package org.funkstille.routers.pf;

import java.util.List;

/**
 * Everything of ours on a pf router, but for reservations.
 *
 * <p>All rules are floating and quick and stand before whatever else the owner can write, so no rule of his comes first.
 * The router's own rules (DHCP, neighbour discovery, the way to its administration page) do: nobody can write before
 * those. What answers a flow that another host began passes by pf's state and meets no rule.
 *
 * @param rules in the order in which they must stand
 * @param aliases what they speak of
 */
public record PfLayout(List<WantedRule> rules, List<WantedAlias> aliases) {

    public static final PfLayout NOTHING = new PfLayout(List.of(), List.of());

    public PfLayout {
        rules = List.copyOf(rules);
        aliases = List.copyOf(aliases);
    }

    public static PfLayout of(LayoutInput input) {
        return new LayoutBuilder(input).build();
    }

    /** The rules that refuse packets of one device and tell of it; what they counted is what it was refused. */
    public List<WantedRule> refusing(String device) {
        return rules.stream()
                .filter(rule -> rule.owner().equals(device) && rule.log() && rule.action() != WantedRule.Action.PASS)
                .toList();
    }
}
