package org.funkstille.guard;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.funkstille.evidence.filterlog.Meaning;
import org.funkstille.evidence.filterlog.OurRules;

/** Our rules that refuse, as a driver names them. It is asked for every line, and makes a map only where they changed. */
final class RefusingRules implements OurRules {

    private final Supplier<Set<String>> ids;
    private volatile Known known = new Known(Set.of(), Map.of());

    RefusingRules(Supplier<Set<String>> ids) {
        this.ids = ids;
    }

    private record Known(Set<String> ids, Map<String, Meaning> meanings) {}

    @Override
    public Map<String, Meaning> byId() {
        Set<String> now = ids.get();
        Known last = known;
        if (!last.ids().equals(now)) {
            last = new Known(
                    Set.copyOf(now),
                    now.stream().collect(Collectors.toUnmodifiableMap(id -> id, id -> Meaning.REFUSES)));
            known = last;
        }
        return last.meanings();
    }
}
