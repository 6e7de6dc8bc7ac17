package org.funkstille.lab.facade.opnsense;

/** Releases of OPNsense, and in what they differ for those who drive them. */
public enum Release {
    V25_1_12("25.1.12", "14.2-RELEASE-p4"),
    V25_7_11("25.7.11", "14.3-RELEASE-p7"),
    V26_1_11("26.1.11", "14.3-RELEASE-p12"),
    V26_7_2("26.7.2", "15.0-RELEASE-p4");

    private final String number;
    private final String freeBsd;

    Release(String number, String freeBsd) {
        this.number = number;
        this.freeBsd = freeBsd;
    }

    /** {@code 25.1.12}. */
    public String number() {
        return number;
    }

    String freeBsd() {
        return freeBsd;
    }

    private boolean since(Release first) {
        return compareTo(first) >= 0;
    }

    /** Rows of lists carry what a person reads instead of the values. */
    boolean listsDisplayTexts() {
        return this == V25_1_12;
    }

    /** Without {@code interface=} only floating rules are listed. */
    boolean listsFloatingRulesOnly() {
        return !since(V26_1_11);
    }

    boolean listsSystemRules() {
        return since(V26_1_11);
    }

    /** The default rules of an interface are rules like any other; before, they are of an older kind and stand last. */
    boolean hasDefaultRulesInModel() {
        return since(V26_7_2);
    }

    boolean hasSavepoints() {
        return !since(V26_7_2);
    }

    /** The revision that {@code savepoint} names has two decimals, its file has four: nothing is ever rolled back. */
    boolean roundsRevisions() {
        return since(V25_7_11);
    }

    /** Entries of external aliases can have an end. */
    boolean hasExpiringAliases() {
        return since(V25_7_11);
    }

    /** {@code rule_stats} answers from a cache of 300 seconds; 26.7 asks past it. */
    boolean cachesRuleStats() {
        return this == V25_7_11 || this == V26_1_11;
    }

    boolean hasFlushInspectCache() {
        return since(V25_7_11);
    }

    /** ISC's DHCP server is a plugin, which is not installed. */
    boolean lacksIsc() {
        return since(V26_1_11);
    }

    /** Comments about gateways stand before block rules in {@code rules.debug}. */
    boolean commentsOnGateways() {
        return since(V26_7_2);
    }

    /** As a fresh installation has it. */
    DhcpService usualDhcp() {
        return this == V25_1_12 ? DhcpService.ISC : DhcpService.DNSMASQ;
    }
}
