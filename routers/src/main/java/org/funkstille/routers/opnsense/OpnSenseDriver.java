package org.funkstille.routers.opnsense;

import org.funkstille.routers.RemoteRouter;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Drives OPNsense. */
public final class OpnSenseDriver {

    private OpnSenseDriver() {}

    @SuppressWarnings("DoNotCallSuggester")
    public static RouterDriver open(RemoteRouter remote) throws RouterException {
        throw new RouterException.Refused("router " + remote.router().name() + ": no driver yet");
    }
}
