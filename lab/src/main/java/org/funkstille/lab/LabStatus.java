package org.funkstille.lab;

import io.avaje.json.node.JsonObject;
import java.util.Optional;

/**
 * What is known of a lab from outside.
 *
 * @param phase how far it is
 * @param pid the process that it lives in, 0 where there is none
 * @param details what its daemon wrote last: hosts with namespaces and addresses, calls, arrivals in the cloud
 */
public record LabStatus(String name, Phase phase, long pid, Optional<JsonObject> details) {

    /** How far a lab is. */
    public enum Phase {
        /** There is none of that name. */
        DOWN,
        /** It is being built, or belongs to a demonstration or a test, which write no details. */
        BUSY,
        UP,
        /** Its process died; {@code lab down} takes away what is left. */
        DEAD
    }
}
