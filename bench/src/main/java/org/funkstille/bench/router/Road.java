package org.funkstille.bench.router;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import org.funkstille.bench.Stage;
import org.funkstille.bench.home.LargeHome;
import org.funkstille.bench.packets.Burst;
import org.funkstille.core.plan.Plan;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.RouterDriver;

/** A host, a router, and a host that throws away what arrives. */
final class Road implements AutoCloseable {

    private static final int CONTENT = 64;
    private static final String ROUTER_MAC = "02:00:00:00:00:01";
    private static final String SINK_MAC = "02:00:00:00:00:02";
    private static final String SINK_RULES = """
            table netdev sink {
                chain in { type filter hook ingress device "e0" priority 0; policy drop; }
            }
            """;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Burst burst;

    private Road(Burst burst) {
        this.burst = burst;
    }

    static Road build(Stage stage, RoadKind kind, int devices) throws Exception {
        NetworkNamespace host = stage.namespace("a" + kind.letter());
        NetworkNamespace router = stage.namespace("r" + kind.letter());
        NetworkNamespace sink = stage.namespace("c" + kind.letter());
        stage.cable(host, "e0", router, LargeHome.INTERFACE);
        stage.cable(router, "wan0", sink, "e0");
        stage.ip(host, "addr add 10.20.0.2/16 dev e0");
        stage.ip(router, "addr add " + LargeHome.ROUTER_ADDRESS + " dev " + LargeHome.INTERFACE);
        stage.ip(router, "addr add 198.51.100.1/24 dev wan0");
        stage.ip(sink, "addr add 198.51.100.2/24 dev e0");
        stage.ip(host, "route add default via 10.20.0.1");
        stage.set(router, "net.ipv4.ip_forward", 1);
        // Neither router nor sink can be asked once they throw everything away.
        stage.ip(router, "link set " + LargeHome.INTERFACE + " address " + ROUTER_MAC);
        stage.ip(sink, "link set e0 address " + SINK_MAC);
        stage.ip(host, "neigh replace 10.20.0.1 lladdr " + ROUTER_MAC + " dev e0 nud permanent");
        stage.ip(router, "neigh replace 198.51.100.2 lladdr " + SINK_MAC + " dev wan0 nud permanent");
        stage.rules(sink, SINK_RULES);
        stage.rules(router, kind.rules());
        if (kind.hasOurs()) {
            layOurs(stage, router, kind, devices);
        }
        return new Road(Burst.datagrams(host, new InetSocketAddress("198.51.100.2", 9), CONTENT));
    }

    private static void layOurs(Stage stage, NetworkNamespace router, RoadKind kind, int devices) throws Exception {
        LargeHome large =
                new LargeHome(router, Files.createDirectories(stage.folder().resolve(kind.name())), devices);
        try (RouterDriver driver = large.driver()) {
            driver.apply(new Plan(List.of(LargeHome.layRules(large.home(), driver))), _ -> {});
        }
    }

    /** Processor time of the sending thread, in which the kernel carries the packet all the way. */
    double nanosForEach(int packets) throws Exception {
        long began = THREADS.getCurrentThreadCpuTime();
        burst.send(packets);
        return (double) (THREADS.getCurrentThreadCpuTime() - began) / packets;
    }

    @Override
    public void close() {
        burst.close();
    }
}
