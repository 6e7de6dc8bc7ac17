package org.funkstille.routers.opnsense;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.routers.RouterException;

/**
 * What is known of the rules that pf has loaded, beyond what the configuration says.
 *
 * @param rules pf's own listing; absent where we may not see it
 * @param packets what each rule counted, by its id, of rules that pf has; absent where not even that may be seen
 * @param fresh false where the numbers may be minutes old
 */
record InForce(Optional<PfRules> rules, Optional<Map<String, Long>> packets, boolean fresh) {

    static InForce read(OpnSenseApi api, Offering offering) throws RouterException {
        Optional<PfRules> rules = PfRules.read(api);
        if (rules.isPresent()) {
            return new InForce(rules, rules.map(InForce::packets), true);
        }
        Optional<RuleStats> stats = RuleStats.read(api, offering.version());
        return new InForce(
                Optional.empty(),
                stats.map(RuleStats::packets),
                stats.filter(RuleStats::fresh).isPresent());
    }

    /** A rule of the configuration may be several of pf's. */
    private static Map<String, Long> packets(PfRules rules) {
        Map<String, Long> packets = new HashMap<>();
        rules.filter().forEach(rule -> rule.labels().forEach(label -> packets.merge(label, rule.packets(), Long::sum)));
        return packets;
    }
}
