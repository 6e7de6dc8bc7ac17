package org.funkstille.routers.fritzbox.tr064;

import java.util.Map;
import java.util.Optional;

/** What an action came to. */
public sealed interface SoapAnswer {

    /** @param values by name; those of an empty element are empty */
    record Values(Map<String, String> values) implements SoapAnswer {

        public Values {
            values = Map.copyOf(values);
        }

        public Optional<String> value(String name) {
            return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
        }

        public String text(String name) {
            return values.getOrDefault(name, "");
        }

        public boolean flag(String name) {
            return text(name).equals("1");
        }

        /** Only which there are: one of them may be a session. */
        @Override
        public String toString() {
            return values.keySet().toString();
        }
    }

    /** The box said no, in its own words. */
    record Fault(int code, String description) implements SoapAnswer {

        /** Also what a box says to everything that needs a login while access for applications is off. */
        public static final int INVALID_ACTION = 401;

        public static final int ACTION_FAILED = 501;
        public static final int NOT_AUTHORIZED = 606;
        public static final int NO_SUCH_INDEX = 713;
        public static final int NO_SUCH_ENTRY = 714;
        public static final int CONFIRMATION_NEEDED = 866;
        public static final int CONFIRMATION_BLOCKED = 867;
        public static final int CONFIRMATION_BUSY = 868;

        /** True where the box has no host with what we named. */
        public boolean unknownHost() {
            return code == NO_SUCH_INDEX || code == NO_SUCH_ENTRY;
        }

        @Override
        public String toString() {
            return code + (description.isEmpty() ? "" : " " + description);
        }
    }
}
