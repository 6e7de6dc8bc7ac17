package org.funkstille.routers.pf;

import java.util.Map;

/**
 * A floating rule as it was found, anybody's.
 *
 * @param description as it stands there
 * @param fields all that decides what it does, in the router's own words; a wanted rule is put into the same words to
 *     be compared
 */
public record FoundRule(String description, Map<String, String> fields) {

    public FoundRule {
        fields = Map.copyOf(fields);
    }
}
