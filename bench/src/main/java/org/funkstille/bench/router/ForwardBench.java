package org.funkstille.bench.router;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.funkstille.bench.Goal;
import org.funkstille.bench.Samples;
import org.funkstille.bench.Stage;

/**
 * What a packet of an unaffected host costs on a router with many silenced devices, against routers with other rules or
 * none. Each router is a namespace of its own between two others; short bursts take turns, and ratios are taken within
 * one turn. Needs root.
 *
 * <p>Arguments: number of devices (default 10,000); turns (default 80).
 */
public final class ForwardBench {

    private static final int PACKETS = 20_000;
    private static final int WARM_TURNS = 8;

    private ForwardBench() {}

    public static void main(String[] arguments) throws Exception {
        int devices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 80;
        try (Stage stage = Stage.open()) {
            Map<RoadKind, Road> roads = new EnumMap<>(RoadKind.class);
            try {
                for (RoadKind kind : RoadKind.values()) {
                    roads.put(kind, Road.build(stage, kind, devices));
                }
                measure(roads, turns);
            } finally {
                roads.values().forEach(Road::close);
            }
        }
    }

    private static void measure(Map<RoadKind, Road> roads, int turns) throws Exception {
        Map<RoadKind, Samples> nanos = new EnumMap<>(RoadKind.class);
        roads.keySet().forEach(kind -> nanos.put(kind, new Samples()));
        Samples plain = new Samples();
        Samples tracked = new Samples();
        Samples onlyTracked = new Samples();
        Samples naive = new Samples();
        List<RoadKind> order = new ArrayList<>(roads.keySet());
        for (int turn = -WARM_TURNS; turn < turns; turn++) {
            Collections.rotate(order, 1);
            Map<RoadKind, Double> cost = new EnumMap<>(RoadKind.class);
            for (RoadKind kind : order) {
                cost.put(kind, road(roads, kind).nanosForEach(PACKETS));
            }
            if (turn < 0) {
                continue;
            }
            cost.forEach((kind, one) ->
                    nanos.computeIfAbsent(kind, missing -> new Samples()).add(one));
            plain.add(ratio(cost, RoadKind.OURS, RoadKind.NONE));
            tracked.add(ratio(cost, RoadKind.OURS_TRACKED, RoadKind.TRACKED));
            onlyTracked.add(ratio(cost, RoadKind.TRACKED, RoadKind.NONE));
            naive.add(ratio(cost, RoadKind.NAIVE, RoadKind.NONE));
        }
        Goal.atMost(1.10).print(System.out, "forward: with our rules / no firewall", plain.median(), "x");
        Goal.atMost(1.10).print(System.out, "forward: ours and tracking / tracking alone", tracked.median(), "x");
        Goal.none(System.out, "forward: tracking alone / no firewall", onlyTracked.median(), "x");
        Goal.none(System.out, "forward: chain of 500 rules / no firewall", naive.median(), "x");
        nanos.forEach((kind, samples) ->
                Goal.none(System.out, "forward: a packet, " + kind.text(), Math.rint(samples.median()), "ns"));
    }

    private static Road road(Map<RoadKind, Road> roads, RoadKind kind) {
        return Objects.requireNonNull(roads.get(kind));
    }

    private static double ratio(Map<RoadKind, Double> cost, RoadKind one, RoadKind other) {
        return Objects.requireNonNull(cost.get(one)) / Objects.requireNonNull(cost.get(other));
    }
}
