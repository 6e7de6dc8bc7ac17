package org.funkstille.routers.linux;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.core.net.Mac;

/**
 * Our table as nft printed it.
 *
 * @param layout everything but elements and handles, in an order that does not depend on nft's
 * @param elements what stands in the sets that hold devices, with the packets that each counted
 * @param windows seconds that are left, by MAC; and the device they are marked with
 * @param refused packets refused, by source MAC
 */
record TableState(List<String> layout, Map<Element, Long> elements, Map<Mac, Window> windows, Map<Mac, Long> refused) {

    record Window(String device, long secondsLeft) {}

    TableState {
        layout = List.copyOf(layout);
        elements = Map.copyOf(elements);
        windows = Map.copyOf(windows);
        refused = Map.copyOf(refused);
    }

    Set<Element> devices() {
        return elements.keySet();
    }

    /** True where some rule asks for a flow's state; the canonical text of every such rule has this in it. */
    boolean tracks() {
        return layout.stream().anyMatch(line -> line.contains("ct={key=direction}"));
    }
}
