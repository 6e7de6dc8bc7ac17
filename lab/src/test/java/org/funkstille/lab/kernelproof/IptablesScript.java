package org.funkstille.lab.kernelproof;

import java.util.ArrayList;
import java.util.List;

/** A random rule set in the words of iptables-restore, for one family. */
final class IptablesScript {

    /** Where a rule stands: not everything may be asked everywhere. */
    enum Place {
        RAW,
        PREROUTING,
        INPUT,
        FORWARD,
        POSTROUTING,
        /** A chain of the owner; in tables whose chains come before and behind routing. */
        OWN;

        boolean knowsIn() {
            return this != POSTROUTING;
        }

        boolean knowsOut() {
            return this == FORWARD || this == POSTROUTING || this == OWN;
        }

        boolean knowsMac() {
            return this != POSTROUTING && this != OWN;
        }
    }

    private final Chance chance;
    private final Words words;
    private final IptablesMatches matches;
    private final boolean six;
    private final boolean tracked;
    private final StringBuilder text = new StringBuilder();

    private IptablesScript(Chance chance, boolean six, boolean tracked) {
        this.chance = chance;
        this.words = new Words(chance);
        this.matches = new IptablesMatches(chance, six, tracked);
        this.six = six;
        this.tracked = tracked;
    }

    /** All tables, empty ones too: what was there before is to go. */
    static String random(Chance chance, boolean six, boolean tracked) {
        IptablesScript script = new IptablesScript(chance, six, tracked);
        script.table("raw", List.of("PREROUTING", "OUTPUT"), chance.percent(40));
        script.table("mangle", List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"), chance.percent(50));
        script.table("nat", List.of("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"), tracked && chance.percent(45));
        script.table("filter", List.of("INPUT", "FORWARD", "OUTPUT"), true);
        return script.text.toString();
    }

    private void table(String name, List<String> chains, boolean used) {
        int own = used && !name.equals("raw") && !name.equals("nat") ? chance.below(4) : 0;
        text.append('*').append(name).append('\n');
        for (String chain : chains) {
            boolean closed = used && chance.percent(name.equals("filter") ? 40 : name.equals("nat") ? 0 : 5);
            text.append(':').append(chain).append(closed ? " DROP" : " ACCEPT").append(" [0:0]\n");
        }
        for (int i = 0; i < own; i++) {
            text.append(":U").append(i).append(" - [0:0]\n");
        }
        if (used) {
            for (String chain : chains) {
                if (!chain.equals("OUTPUT")) {
                    rules(name, chain, place(name, chain), own, 0);
                }
            }
            for (int i = 0; i < own; i++) {
                rules(name, "U" + i, Place.OWN, own, i + 1);
            }
        }
        text.append("COMMIT\n");
    }

    private static Place place(String table, String chain) {
        return table.equals("raw") ? Place.RAW : Place.valueOf(chain);
    }

    private void rules(String table, String chain, Place place, int own, int firstTarget) {
        int count = chance.between(table.equals("filter") ? 1 : 0, table.equals("filter") ? 8 : 3);
        for (int i = 0; i < count; i++) {
            String rule =
                    table.equals("nat") ? translation(chain) : matches.some(place) + target(table, own, firstTarget);
            if (!rule.isEmpty()) {
                text.append("-A ").append(chain).append(rule).append('\n');
            }
        }
    }

    private String target(String table, int own, int firstTarget) {
        if (table.equals("raw") && chance.percent(60)) {
            return " -j CT --notrack";
        }
        if (table.equals("mangle") && chance.percent(70)) {
            return marking();
        }
        if (own > firstTarget && chance.percent(45)) {
            return chance.among(" -j U", " -j U", " -g U") + (firstTarget + chance.below(own - firstTarget));
        }
        if (table.equals("filter") && chance.percent(10)) {
            return chance.percent(50) ? " -j REJECT" : "";
        }
        return chance.among(" -j ACCEPT", " -j ACCEPT", " -j DROP", " -j DROP", " -j RETURN");
    }

    private String marking() {
        List<String> kinds = new ArrayList<>(List.of(
                " -j MARK --set-mark " + Words.hex(words.mark()),
                " -j MARK --set-xmark " + Words.hex(words.mark()) + "/" + Words.hex(words.mask()),
                " -j MARK --or-mark " + Words.hex(words.mark()),
                " -j MARK --and-mark " + Words.hex(words.mask()),
                " -j MARK --xor-mark " + Words.hex(words.mark())));
        if (tracked) {
            kinds.addAll(List.of(
                    " -j CONNMARK --set-mark " + Words.hex(words.mark()),
                    " -j CONNMARK --save-mark",
                    " -j CONNMARK --restore-mark",
                    " -j CONNMARK --save-mark --nfmask 0xf --ctmask 0xff",
                    " -j CONNMARK --restore-mark --nfmask 0xffff --ctmask 0xf"));
        }
        return chance.of(kinds);
    }

    private String translation(String chain) {
        String port = chance.percent(50) ? words.port() : "";
        String where = chance.percent(50) ? " -d " + words.network(six) : "";
        String protocol = chance.among(" -p tcp", " -p udp") + (chance.percent(60) ? " --dport " + words.port() : "");
        boolean bare = chance.percent(50) && port.isEmpty();
        String to = six
                ? chance.among("2001:db8:aaaa::2", "fd00:10::20", "fd00:20::1")
                : chance.among("203.0.113.77", "192.168.10.20", "192.168.20.1");
        return switch (chain) {
            case "PREROUTING" ->
                switch (chance.below(3)) {
                    case 0 -> where + protocol + " -j REDIRECT" + (port.isEmpty() ? "" : " --to-ports " + port);
                    case 1 -> matches.some(Place.PREROUTING) + " -j " + chance.among("ACCEPT", "RETURN");
                    default ->
                        where + (bare ? "" : protocol) + " -j DNAT --to-destination "
                                + (port.isEmpty() ? to : six ? "[" + to + "]:" + port : to + ":" + port);
                };
            case "POSTROUTING" ->
                where
                        + (chance.percent(50)
                                ? " -o wan0 -j MASQUERADE"
                                : " -o wan0 -j SNAT --to-source " + (six ? "2001:db8:ff::2" : "198.51.100.2"));
            default -> "";
        };
    }
}
