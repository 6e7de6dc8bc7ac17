package org.funkstille.core.model;

import java.util.Comparator;
import java.util.List;

/** What a device may do beyond its own network. */
public sealed interface Policy {

    /** The word that {@code funkstille.yaml} uses. */
    String word();

    /** Nothing leaves the house. */
    record Silent(Answer answer) implements Policy {

        @Override
        public String word() {
            return "silent";
        }
    }

    /** Only the named destinations, and the router's resolver to find them. */
    record AllowList(Answer answer, List<Destination> destinations) implements Policy {

        public AllowList {
            // In one order, so that two lists of the same destinations are equal.
            destinations = destinations.stream()
                    .distinct()
                    .sorted(Comparator.comparing(Destination::toString))
                    .toList();
        }

        @Override
        public String word() {
            return "allow-list";
        }
    }

    /** May talk to the internet; is still kept from other networks of the house. */
    record Online() implements Policy {

        @Override
        public String word() {
            return "online";
        }
    }
}
