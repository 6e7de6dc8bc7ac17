package org.funkstille.lab.facade;

import java.io.IOException;
import java.time.Duration;

/** A router of another system that has taken a lab's router over, as the one who plays with it sees it. */
public interface SimulatedRouter extends AutoCloseable {

    /** The {@code funkstille.yaml} of the lab with this router. Its secrets are in a file of the lab. */
    String homeYaml();

    /** A window that is long enough for this system. */
    Duration window();

    /**
     * The router's own clock goes on by this at once. What it does by the clock it has done then. On a router that is
     * this machine, the time really passes.
     */
    void letTimePass(Duration time) throws IOException, InterruptedException;

    /** Gives the router back. */
    @Override
    void close() throws IOException;
}
