package org.funkstille.lab.device;

import org.funkstille.lab.cloud.Uploads;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.LabName;
import org.funkstille.lab.network.Processes;

/**
 * What every device of one lab needs.
 *
 * @param uploads where the cloud counts what a {@link Transfer} brings
 */
public record Surroundings(LabName lab, Processes processes, Uploads uploads, Pace pace) {

    Host host(HostName name) {
        return new Host(lab, name);
    }
}
