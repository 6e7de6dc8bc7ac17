package org.funkstille.lab.facade.pf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfRule.Direction;

/**
 * A rule set of pf as one nftables table.
 *
 * <p>pf looks at a packet twice: when it comes in (behind {@code rdr}) and when it leaves (behind {@code nat}). So one
 * chain stands behind the destination translation of prerouting, the other behind the source translation of postrouting.
 * The last rule that matches decides, unless one is quick: until then the packet's mark remembers it. A flow's mark
 * remembers the rules that let it begin, the one for packets in in its lower 16 bits, the one for packets out in the
 * upper.
 */
final class NftRuleset {

    static final String TABLE = "inet pf";

    /** The group of the kernel's log that logged packets go to, with the rule's serial in front. */
    static final int LOG_GROUP = 40;

    private static final int LOGGED_OCTETS = 160;
    private static final String CLEARED = "add table %1$s\ndelete table %1$s\n".formatted(TABLE);

    private final StringBuilder text = new StringBuilder();
    private final NftMatch match;
    private final List<LoadedRule> rules;

    private NftRuleset(List<LoadedRule> rules, List<PfInterface> interfaces) {
        this.rules = rules;
        this.match = new NftMatch(interfaces);
    }

    /**
     * Input of {@code nft -f} that replaces what was loaded before.
     *
     * @param counters what rules begin to count from
     */
    static String of(
            List<LoadedRule> rules,
            Map<String, Set<PfAddress.Net>> tables,
            Map<Integer, PfCounters> counters,
            List<PfInterface> interfaces) {
        NftRuleset ruleset = new NftRuleset(rules, interfaces);
        ruleset.line("table " + TABLE + " {");
        tables.forEach(ruleset::sets);
        rules.forEach(rule -> ruleset.counters(rule, counters.getOrDefault(rule.serial(), PfCounters.ZERO)));
        ruleset.flows();
        ruleset.verdicts(Direction.IN, "accept");
        ruleset.verdicts(Direction.OUT, "accept");
        ruleset.base(Direction.IN, "prerouting", "dstnat + 10", "flows");
        ruleset.base(Direction.OUT, "postrouting", "srcnat + 10", "");
        ruleset.line("chain own { type filter hook output priority filter; policy accept;");
        ruleset.line("ct state established,related jump flows");
        ruleset.line("ct state new ct mark and 0xffff0000 != 0 jump flows\n}");
        ruleset.line("}");
        return CLEARED + ruleset.text;
    }

    /** Input of {@code nft -f} that takes everything away. */
    static String nothing() {
        return CLEARED;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void sets(String table, Set<PfAddress.Net> content) {
        for (Family family : Family.values()) {
            String type = family == Family.IPV4 ? "ipv4_addr" : "ipv6_addr";
            line("set " + NftMatch.set(table, family) + " { type " + type + "; flags interval; auto-merge;");
            String elements = elements(content, family);
            line(elements.isEmpty() ? "}" : "elements = { " + elements + " }\n}");
        }
    }

    static String elements(Set<PfAddress.Net> content, Family family) {
        return String.join(
                ", ",
                content.stream()
                        .map(PfAddress.Net::prefix)
                        .filter(prefix -> prefix.family() == family)
                        .map(Object::toString)
                        .toList());
    }

    private void counters(LoadedRule rule, PfCounters from) {
        if (rule.rule().action() == PfRule.Action.ANCHOR) {
            return;
        }
        counter(rule.counter("e"), from.evaluations(), 0);
        counter(rule.counter("p"), from.packets(), from.bytes());
        counter(rule.counter("c"), from.creations(), 0);
    }

    private void counter(String name, long packets, long bytes) {
        line("counter %s { packets %d bytes %d\n}".formatted(name, packets, bytes));
    }

    /** Counts packets of known flows for the rules that let them begin. */
    private void flows() {
        Map<Integer, String> names = new TreeMap<>();
        for (LoadedRule rule : rules) {
            if (createsStates(rule)) {
                names.put(rule.serial(), rule.counter("p"));
            }
        }
        line("map counted { type mark : counter;");
        if (!names.isEmpty()) {
            line("elements = { "
                    + String.join(
                            ", ",
                            names.entrySet().stream()
                                    .map(entry -> entry.getKey() + " : \"" + entry.getValue() + "\"")
                                    .toList())
                    + " }");
        }
        line("}");
        line("chain flows {");
        line("counter name ct mark and 0x0000ffff map @counted");
        line("counter name ct mark >> 16 map @counted");
        line("}");
    }

    private static boolean createsStates(LoadedRule rule) {
        return rule.rule().action() == PfRule.Action.PASS
                && rule.rule().options().keepsState();
    }

    private void verdicts(Direction direction, String passed) {
        for (LoadedRule rule : rules) {
            if (rule.rule().isFor(direction)) {
                line("chain " + chain(rule, direction) + " {");
                line("counter name " + rule.counter("p"));
                if (rule.rule().log()) {
                    line("log prefix \"%d %s\" group %d snaplen %d"
                            .formatted(rule.serial(), direction, LOG_GROUP, LOGGED_OCTETS));
                }
                verdict(rule, direction, passed);
                line("}");
            }
        }
    }

    private static String chain(LoadedRule rule, Direction direction) {
        return (direction == Direction.IN ? "in" : "out") + rule.serial();
    }

    private void verdict(LoadedRule rule, Direction direction, String passed) {
        switch (rule.rule().action()) {
            case PASS -> {
                if (createsStates(rule)) {
                    line("counter name " + rule.counter("c"));
                    line(remember(rule, direction));
                }
                line(passed);
            }
            case BLOCK -> line("drop");
            case BLOCK_RETURN -> {
                if (direction == Direction.IN) {
                    line("meta l4proto tcp reject with tcp reset");
                    line("reject with icmpx type port-unreachable");
                } else {
                    line("drop"); // nftables cannot answer from postrouting
                }
            }
            case ANCHOR -> throw new IllegalStateException("an anchor decides nothing");
        }
    }

    private static String remember(LoadedRule rule, Direction direction) {
        return direction == Direction.IN
                ? "ct mark set ct mark and 0xffff0000 or 0x%x".formatted(rule.serial())
                : "ct mark set ct mark and 0x0000ffff or 0x%x0000".formatted(rule.serial());
    }

    private void base(Direction direction, String hook, String priority, String flows) {
        String name = direction == Direction.IN ? "arriving" : "leaving";
        line("chain %s { type filter hook %s priority %s; policy accept;".formatted(name, hook, priority));
        if (!flows.isEmpty()) {
            line("ct state established,related jump " + flows);
        }
        line("ct state established,related accept");
        // pf has a state from the first packet on; conntrack calls a flow new until it is answered.
        String known =
                "ct state new ct mark and " + (direction == Direction.IN ? "0x0000ffff" : "0xffff0000") + " != 0 ";
        if (!flows.isEmpty()) {
            line(known + "jump " + flows);
        }
        line(known + "accept");
        line("meta mark set 0");
        for (LoadedRule rule : rules) {
            if (rule.rule().isFor(direction)) {
                line(match.place(rule.rule(), direction) + "counter name " + rule.counter("e"));
                for (String beginning : match.beginnings(rule.rule(), direction)) {
                    line(beginning
                            + (rule.rule().quick()
                                    ? "goto " + chain(rule, direction)
                                    : "meta mark set " + rule.serial()));
                }
            }
        }
        decision(direction);
        line("}");
    }

    private void decision(Direction direction) {
        List<String> targets = rules.stream()
                .filter(rule -> rule.rule().isFor(direction) && !rule.rule().quick())
                .map(rule -> rule.serial() + " : goto " + chain(rule, direction))
                .toList();
        if (!targets.isEmpty()) {
            line("meta mark vmap { " + String.join(", ", targets) + " }");
        }
    }
}
