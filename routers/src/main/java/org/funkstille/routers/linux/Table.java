package org.funkstille.routers.linux;

import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Policy;

/** The names in our table. */
final class Table {

    static final String FAMILY = "inet";
    static final String NAME = "funkstille";

    /** Every element of ours carries this in its comment, followed by the device's name. */
    static final String MARK = "funkstille:";

    /** NFLOG groups are 16-bit numbers that anyone may use; these are far from the low ones that guides suggest. */
    static final int REFUSALS_GROUP = 18003;

    static final int NAMES_GROUP = 18004;

    /** On loopback every address of 127.0.0.0/8 is local (RFC 1122), so this one can be bound without configuration. */
    static final String CANARY = "127.70.83.1";

    static final String BY_MAC = "device_by_mac";
    static final String BY_ADDRESS4 = "device_by_address";
    static final String BY_ADDRESS6 = "device_by_address6";
    static final String WINDOW = "window";
    static final String ECHO = "echo";
    static final String REACH4 = "reach";
    static final String REACH6 = "reach6";
    static final String ALLOW4 = "allow";
    static final String ALLOW6 = "allow6";
    static final String REFUSED = "refused";
    static final String HOUSE = "house";

    static final String ONLINE = "online";
    static final String SILENT_REJECT = "silent_reject";
    static final String SILENT_DROP = "silent_drop";
    static final String ALLOW_REJECT = "allow_reject";
    static final String ALLOW_DROP = "allow_drop";

    private Table() {}

    /** The chain that a device's packets go to. */
    static String chainOf(Policy policy) {
        return switch (policy) {
            case Policy.Online online -> ONLINE;
            case Policy.Silent(Answer answer) -> answer == Answer.REJECT ? SILENT_REJECT : SILENT_DROP;
            case Policy.AllowList list -> list.answer() == Answer.REJECT ? ALLOW_REJECT : ALLOW_DROP;
        };
    }
}
