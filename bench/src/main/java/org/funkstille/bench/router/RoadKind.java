package org.funkstille.bench.router;

/** What stands in a packet's way. */
enum RoadKind {
    NONE("n", "no firewall"),
    OURS("o", "ours"),
    TRACKED("t", "connection tracking"),
    OURS_TRACKED("b", "connection tracking and ours"),
    NAIVE("c", "a chain of 500 rules"),
    /** The router throws it away at once: what is left is the sender's own work. */
    SENDER("s", "the sender alone");

    private final String letter;
    private final String text;

    RoadKind(String letter, String text) {
        this.letter = letter;
        this.text = text;
    }

    /** For the names of namespaces. */
    String letter() {
        return letter;
    }

    String text() {
        return text;
    }

    boolean hasOurs() {
        return this == OURS || this == OURS_TRACKED;
    }

    /** The rules of somebody else. */
    String rules() {
        return switch (this) {
            case NONE, OURS -> "";
            case TRACKED, OURS_TRACKED -> """
                    table ip nat-router {
                        chain forward { type filter hook forward priority 0; policy accept; ct state new accept; }
                    }
                    """;
            case NAIVE -> naive();
            case SENDER -> """
                    table netdev sink {
                        chain in { type filter hook ingress device "iot0" priority 0; policy drop; }
                    }
                    """;
        };
    }

    private static String naive() {
        StringBuilder rules = new StringBuilder("table inet naive {\n chain forward {\n")
                .append("  type filter hook forward priority 0; policy accept;\n");
        for (int i = 0; i < 500; i++) {
            rules.append("  ether saddr 78:11:dc:00:%02x:%02x drop\n".formatted(i >> 8, i & 0xff));
        }
        return rules.append(" }\n}\n").toString();
    }
}
