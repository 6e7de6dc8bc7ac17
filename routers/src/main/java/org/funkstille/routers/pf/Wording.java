package org.funkstille.routers.pf;

import java.util.Map;

/** How a router's own interface says what is wanted. */
public interface Wording {

    /** The same fields as in a {@link FoundRule}. */
    Map<String, String> fields(WantedRule rule);

    /** The router's word for an alias of this kind. */
    String kind(WantedAlias.Kind kind);
}
