package org.funkstille.lab.facade;

import java.time.Duration;
import org.funkstille.lab.Lab;

/** The lab's own router: nothing about it is simulated. */
public record PlainLinux(String homeYaml) implements SimulatedRouter {

    public static PlainLinux of(Lab lab) {
        return new PlainLinux(lab.homeYaml());
    }

    @Override
    public Duration window() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void letTimePass(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    @Override
    public void close() {
        // it goes with the lab
    }
}
