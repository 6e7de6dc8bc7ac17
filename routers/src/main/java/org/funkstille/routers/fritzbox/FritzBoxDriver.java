package org.funkstille.routers.fritzbox;

import org.funkstille.routers.RemoteRouter;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Drives FRITZ!Box. */
public final class FritzBoxDriver {

    private FritzBoxDriver() {}

    @SuppressWarnings("DoNotCallSuggester")
    public static RouterDriver open(RemoteRouter remote) throws RouterException {
        throw new RouterException.Refused("router " + remote.router().name() + ": no driver yet");
    }
}
