package org.funkstille.routers.pf;

import java.util.List;

/**
 * A named list of addresses that rules speak of.
 *
 * @param mark its description
 * @param entries addresses of a {@link Kind#HOSTS}, prefixes of a {@link Kind#NETWORKS}, as text, sorted, without
 *     doubles; none of a {@link Kind#FILLED_LATER}
 */
public record WantedAlias(Mark mark, String name, Kind kind, List<String> entries) {

    public WantedAlias {
        entries = entries.stream().distinct().sorted().toList();
    }

    /** What stands in it. */
    public enum Kind {
        HOSTS,
        NETWORKS,
        /** Its entries are put in and taken out while it stands: an open window. */
        FILLED_LATER
    }

    static WantedAlias of(Mark mark, Kind kind, List<String> entries) {
        return new WantedAlias(mark, AliasName.of(mark), kind, entries);
    }
}
