package org.funkstille.routers.opnsense;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.funkstille.routers.RouterException;

/** Takes away all of ours, and looks whether it is gone. */
final class Removal {

    private final FilterRules rules;
    private final Aliases aliases;
    private final Dhcp dhcp;

    Removal(FilterRules rules, Aliases aliases, Dhcp dhcp) {
        this.rules = rules;
        this.aliases = aliases;
        this.dhcp = dhcp;
    }

    /** @return a line for each thing */
    List<String> all(Snapshot now) throws RouterException {
        List<String> removed = new ArrayList<>();
        dhcp.removeAll()
                .forEach((device, address) ->
                        removed.add("reservation of " + Addresses.text(address) + " for " + device));
        for (FilterRule rule : now.rules()) {
            if (rule.isOurs()) {
                rules.delete(rule.uuid());
                removed.add("rule \"" + rule.description() + "\"");
            }
        }
        for (Alias alias : now.aliases()) {
            if (alias.isOurs()) {
                // Rules are gone from the configuration by now, so nothing of ours uses it.
                aliases.delete(alias);
                removed.add("alias " + alias.name());
            }
        }
        if (!removed.isEmpty()) {
            aliases.takeOver();
            rules.apply();
        }
        List<String> left = new ArrayList<>();
        rules.read(now.legs()).stream()
                .filter(FilterRule::isOurs)
                .forEach(rule -> left.add("the rule \"" + rule.description() + "\" is still there"));
        aliases.read().stream()
                .filter(Alias::isOurs)
                .forEach(alias -> left.add("the alias " + alias.name() + " is still there"));
        if (!left.isEmpty()) {
            throw new RouterException.ReadBackDiffers(left);
        }
        return removed;
    }
}
