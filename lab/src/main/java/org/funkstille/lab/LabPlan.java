package org.funkstille.lab;

import java.time.Duration;
import org.funkstille.lab.device.Pace;
import org.funkstille.lab.network.LabName;

/**
 * Which virtual home is to be built.
 *
 * @param pace how quickly its devices live
 * @param readyWithin how long building it may take
 */
public record LabPlan(LabName name, Pace pace, Duration readyWithin) {

    /** The name of the lab where none is given. */
    public static final String USUAL_NAME = "funkstille";

    public static LabPlan named(String name) {
        return new LabPlan(new LabName(name), Pace.quick(), Duration.ofSeconds(30));
    }

    public LabPlan with(Pace newPace) {
        return new LabPlan(name, newPace, readyWithin);
    }
}
