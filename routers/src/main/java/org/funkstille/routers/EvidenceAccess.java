package org.funkstille.routers;

import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.ServiceAddress;
import org.funkstille.kernel.NetworkNamespace;

/** How the evidence of a router can be listened to. */
public sealed interface EvidenceAccess {

    /** What is heard of at all; of anything else, silence means nothing. */
    Set<EvidenceSource> sources();

    /**
     * By the kernel of this machine.
     *
     * @param refusals the NFLOG group that refused packets go to
     * @param names the NFLOG group that copies of the resolver's answers go to
     */
    record OfKernel(NetworkNamespace namespace, int refusals, int names) implements EvidenceAccess {

        @Override
        public Set<EvidenceSource> sources() {
            return EnumSet.allOf(EvidenceSource.class);
        }
    }

    /**
     * By programs that run on the router and write what they see.
     *
     * @param refusals the NFLOG group that refused packets go to
     * @param names the NFLOG group that copies of the resolver's answers go to
     */
    record OfPrograms(Starter starter, int refusals, int names) implements EvidenceAccess {

        @Override
        public Set<EvidenceSource> sources() {
            return EnumSet.allOf(EvidenceSource.class);
        }
    }

    /** By what the router sends us, its filter log, and by what it answers when asked, its table of states. */
    record OfRouter(Optional<FilterLog> log, Optional<StateTable> states) implements EvidenceAccess {

        @Override
        public Set<EvidenceSource> sources() {
            Set<EvidenceSource> sources = EnumSet.noneOf(EvidenceSource.class);
            log.ifPresent(heard -> sources.add(EvidenceSource.REFUSALS));
            states.ifPresent(asked -> sources.add(EvidenceSource.FLOWS));
            return sources;
        }
    }

    /**
     * A filter log that comes by syslog, over UDP or TCP.
     *
     * @param namespace where we listen
     * @param senders addresses of the router; whatever comes from elsewhere is not believed
     * @param refusing the ids (tracker, rule id) of our own rules that refuse, as they are at the moment of asking
     * @param own true of the router's own addresses
     */
    record FilterLog(
            NetworkNamespace namespace,
            ServiceAddress listen,
            Set<InetAddress> senders,
            Supplier<Set<String>> refusing,
            Predicate<InetAddress> own) {

        public FilterLog {
            senders = Set.copyOf(senders);
        }
    }

    /**
     * A table of states that is asked again and again. A flow that lived between two questions is still in it, for as
     * long as the router keeps what is over.
     *
     * @param interval shorter than the router keeps any state that is over
     */
    record StateTable(StateReader reader, Duration interval) {}

    /** Asks for the states that devices of the home began. Called on a thread of its own. */
    interface StateReader {

        List<TrackedFlow> read() throws RouterException;
    }

    /**
     * One state, and what passed by it so far.
     *
     * @param age how long it has been there, in the router's whole seconds
     */
    record TrackedFlow(FlowKey key, Traffic traffic, Duration age) {}

    /** Starts a program on the router. */
    interface Starter {

        /** @return what it writes; closing the stream ends the program */
        InputStream start(List<String> argv) throws RouterException;
    }
}
