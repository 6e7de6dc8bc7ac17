package org.funkstille.core.plan;

import java.util.List;

/** Changes in the order in which they must be made. */
public record Plan(List<Change> changes) {

    public Plan {
        changes = List.copyOf(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
