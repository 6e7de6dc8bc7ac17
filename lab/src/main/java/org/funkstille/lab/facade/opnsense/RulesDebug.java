package org.funkstille.lab.facade.opnsense;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfAntispoof;
import org.funkstille.lab.facade.pf.PfInterface;
import org.funkstille.lab.facade.pf.PfRuleset;
import org.funkstille.lab.facade.pf.PfStatement;
import org.funkstille.lab.facade.pf.PfTable;

/** Writes {@code /tmp/rules.debug}: all that is loaded into pf (opnsense/core, filter.inc). */
final class RulesDebug {

    private static final String MIDDLE = """

            # Plugins tables

            set loginterface lan0

            set skip on lo0
            set skip on pfsync0

            scrub in all

            # NAT Redirects
            no nat proto carp all
            no rdr proto carp all
            # [prio: 200]
            """;

    private final Configuration configuration;

    RulesDebug(Configuration configuration) {
        this.configuration = configuration;
    }

    /** All rules but those of {@code antispoof}, in the order of pf. */
    List<GeneratedRule> rules() {
        List<GeneratedRule> all = new ArrayList<>(SystemRules.of(configuration.release()));
        all.addAll(new FilterRules(configuration).generated());
        if (!configuration.release().hasDefaultRulesInModel()) {
            all.addAll(LegacyRules.all());
        }
        all.sort(Comparator.comparingInt(GeneratedRule::priority));
        return all;
    }

    PfRuleset ruleset() {
        Options options = configuration.options();
        String keep = options.keepsCounters() ? "set keepcounters\n" : "";
        List<String> translations = translations();
        return new PfRuleset(
                """
                        set limit table-entries 1000000
                        set optimization normal
                        set timeout { adaptive.start 0, adaptive.end 0 }
                        set limit states 0
                        set limit src-nodes 0
                        set hostid 0x6a5b1c2d
                        %s
                        # User Aliases
                        """.formatted(keep),
                tables(),
                List.of("scrub in all fragment reassemble"),
                translations,
                MIDDLE + String.join("\n", translations) + "\n\n",
                statements(),
                options.keepsCounters());
    }

    private static List<String> translations() {
        List<String> lines = new ArrayList<>();
        String wan = BoxInterface.WAN.device();
        for (BoxInterface one : List.of(BoxInterface.LAN, BoxInterface.OPT1)) {
            lines.add("nat on %s inet from (%s:network) to any -> (%s:0) port 1024:65535 # Automatic outbound rule"
                    .formatted(wan, one.device(), wan));
        }
        return lines;
    }

    private List<PfStatement> statements() {
        List<PfStatement> statements = new ArrayList<>();
        for (PfInterface one : PfInterface.ofLab()) {
            BoxInterface.byDevice(one.name())
                    .ifPresent(_ -> statements.add(new PfStatement(
                            "antispoof log for " + one.name() + " \n", PfAntispoof.rules(one, true, 0))));
        }
        int priority = 0;
        for (GeneratedRule rule : rules()) {
            if (rule.priority() != priority) {
                priority = rule.priority();
                statements.add(PfStatement.comment("# [prio: " + priority + "]\n"));
            }
            statements.add(rule.statement(configuration.release()));
        }
        return statements;
    }

    /** What is in the tables of aliases stays: loading rules does not load aliases. */
    private List<PfTable> tables() {
        List<PfTable> tables = new ArrayList<>();
        for (Item alias : configuration.aliases().all()) {
            if (alias.is("enabled") && !alias.get("type").equals("port")) {
                tables.add(table(alias.get("name"), Optional.empty()));
            }
        }
        for (PfInterface one : PfInterface.ofLab()) {
            BoxInterface.byDevice(one.name())
                    .ifPresent(box -> tables.add(table("__" + box.key() + "_network", Optional.of(networks(one)))));
        }
        AliasNames.BUILT_IN.forEach(name -> tables.add(table(name, Optional.empty())));
        return tables;
    }

    private static List<PfAddress.Net> networks(PfInterface one) {
        return one.addresses().stream()
                .map(PfInterface.Address::network)
                .sorted(Comparator.comparing(network -> network.family() == Family.IPV6))
                .map(PfAddress.Net::new)
                .toList();
    }

    private static PfTable table(String name, Optional<List<PfAddress.Net>> content) {
        return new PfTable(name, "table <%1$s>  persist  \n%1$s = \"<%1$s>\"\n".formatted(name), content);
    }
}
