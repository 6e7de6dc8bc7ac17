package org.funkstille.routers.pfsense;

import org.funkstille.routers.RemoteRouter;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Drives pfSense. */
public final class PfSenseDriver {

    private PfSenseDriver() {}

    @SuppressWarnings("DoNotCallSuggester")
    public static RouterDriver open(RemoteRouter remote) throws RouterException {
        throw new RouterException.Refused("router " + remote.router().name() + ": no driver yet");
    }
}
