package org.funkstille.evidence.filterlog;

import java.util.Map;

/** Which rules of the router are ours. Asked for every line, so the answer should stand ready. */
@FunctionalInterface
public interface OurRules {

    /**
     * The rules as they are just now: by pfSense's tracker ({@code 1700000000}) or OPNsense's rule id (a UUID), as the
     * filter log writes them. {@code 0} and the empty text name no rule and are never ours.
     *
     * @return an immutable map ({@link Map#copyOf}); another one where the rules have changed
     */
    Map<String, Meaning> byId();
}
