package org.funkstille.lab.guarding;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.funkstille.lab.network.Host;

/** A host that opens one connection after another until it is closed: whoever listens meets one that begins. */
final class Knocking implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Thread thread;

    private Knocking(Host from, InetAddress address, int port) {
        this.thread = Thread.ofPlatform().name("knocking").daemon().unstarted(() -> knock(from, address, port));
    }

    static Knocking at(Host from, InetAddress address, int port) {
        Knocking knocking = new Knocking(from, address, port);
        knocking.thread.start();
        return knocking;
    }

    private static void knock(Host from, InetAddress address, int port) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Probe ignored = Probe.tcp(from, address, port);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException | InterruptedException over) {
            // the test has ended, or its lab has
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
    }
}
