package org.funkstille.routers;

import java.nio.file.Path;
import java.time.Clock;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.http.RouterHttp;

/**
 * All that the driver of a router gets which is driven over the network.
 *
 * @param http the way to it; the driver closes it
 * @param namespace where our own sockets are: the canary, the listener
 * @param memory the folder for what must outlive the driver
 */
public record RemoteRouter(
        Router router,
        Home home,
        RouterHttp http,
        NetworkNamespace namespace,
        Secrets secrets,
        Path memory,
        Clock clock) {}
