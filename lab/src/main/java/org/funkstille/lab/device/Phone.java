package org.funkstille.lab.device;

import java.util.Optional;
import org.funkstille.lab.network.HostName;

/** A telephone in the LAN. It does nothing by itself. */
public final class Phone extends Station {

    public Phone(Surroundings surroundings) {
        super(HostName.PHONE, surroundings, Optional.of("phone"));
    }

    @Override
    void live() {
        // a person uses it, or a test
    }

    @Override
    void die() {
        // nothing to end
    }
}
