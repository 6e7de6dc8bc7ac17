package org.funkstille.core.evidence;

import java.util.Locale;

/** The listeners. Each counts its own losses. */
public enum EvidenceSource {
    /** Refused packets (NFLOG). */
    REFUSALS,
    /** Flows that passed (conntrack events). */
    FLOWS,
    /** Answers of the router's resolver (NFLOG). */
    NAMES,
    /** ARP and neighbour discovery (rtnetlink). */
    NEIGHBOURS,
    /** Changes of the rule set (nftables notifications). */
    RULES;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
