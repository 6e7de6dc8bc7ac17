package org.funkstille.lab;

import java.io.IOException;
import java.time.Duration;

/** A lab in a process of its own, for {@code funkstille lab up}. Runs until it is asked to end. */
public final class LabDaemon {

    private static final Duration BETWEEN_STATES = Duration.ofSeconds(1);

    private LabDaemon() {}

    /** @param arguments the name of the lab */
    public static void main(String[] arguments) throws InterruptedException {
        String name = arguments.length > 0 ? arguments[0] : LabPlan.USUAL_NAME;
        try {
            Lab lab = Lab.up(LabPlan.named(name), LabOwner.Kind.DAEMON);
            LabState state = new LabState(lab);
            while (!lab.isClosed()) {
                tell(lab, state);
                Thread.sleep(BETWEEN_STATES);
            }
        } catch (IOException | IllegalArgumentException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    private static void tell(Lab lab, LabState state) throws IOException, InterruptedException {
        try {
            state.write();
        } catch (IOException failure) {
            if (!lab.isClosed()) { // else the file's directory is just being taken away
                throw failure;
            }
        }
    }
}
