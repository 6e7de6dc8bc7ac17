package org.funkstille.routers;

import java.io.InputStream;
import java.util.List;
import org.funkstille.kernel.NetworkNamespace;

/** How the evidence of a router can be listened to. */
public sealed interface EvidenceAccess {

    /** The NFLOG group that refused packets go to. */
    int refusals();

    /** The NFLOG group that copies of the resolver's answers go to. */
    int names();

    /** By the kernel of this machine. */
    record OfKernel(NetworkNamespace namespace, int refusals, int names) implements EvidenceAccess {}

    /** By programs that run on the router and write what they see. */
    record OfPrograms(Starter starter, int refusals, int names) implements EvidenceAccess {}

    /** Starts a program on the router. */
    interface Starter {

        /** @return what it writes; closing the stream ends the program */
        InputStream start(List<String> argv) throws RouterException;
    }
}
