package org.funkstille.routers.fritzbox.web;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.routers.RouterException;

/** The pages on which addresses are pinned, of one generation of FRITZ!OS or another. */
interface LandevicePages {

    List<Landevice> all() throws RouterException;

    Landevice.State state(Landevice device) throws RouterException;

    /**
     * Answers of these pages do not tell whether a change was made; {@link #state} does.
     *
     * @param address absent: it gets any address again
     */
    void pin(Landevice device, Optional<InetAddress> address) throws RouterException;
}
