package org.funkstille.routers.pf;

import java.util.List;

/**
 * An alias as it was found, anybody's.
 *
 * @param kind the router's word for it
 */
public record FoundAlias(String name, String description, String kind, List<String> entries) {

    public FoundAlias {
        entries = entries.stream().distinct().sorted().toList();
    }
}
