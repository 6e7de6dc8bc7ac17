package org.funkstille.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.evidence.ConntrackTextReader;
import org.funkstille.evidence.KernelEvidence;
import org.funkstille.evidence.Listening;
import org.funkstille.evidence.NeighbourTextReader;
import org.funkstille.evidence.NflogGroupTaken;
import org.funkstille.evidence.NflogPcapReader;
import org.funkstille.evidence.RuleChangeTextReader;
import org.funkstille.evidence.filterlog.FilterLogEvidence;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.RouterException;

/** Starts the listeners that fit a router, and ends them. */
final class Listeners implements AutoCloseable {

    private final List<AutoCloseable> running;

    private Listeners(List<AutoCloseable> running) {
        this.running = running;
    }

    /** Somebody else, most likely another Funkstille, listens already. */
    static final class Taken extends Exception {

        private static final long serialVersionUID = 1L;

        Taken(NflogGroupTaken cause) {
            super(cause.getMessage(), cause);
        }
    }

    static Listeners start(EvidenceAccess access, Consumer<EvidenceEvent> consumer, Clock clock)
            throws RouterException, Taken, InterruptedException {
        return switch (access) {
            case EvidenceAccess.OfKernel kernel -> ofKernel(kernel, consumer);
            case EvidenceAccess.OfPrograms programs -> ofPrograms(programs, consumer, clock);
            case EvidenceAccess.OfRouter router -> ofRouter(router, consumer, clock);
        };
    }

    private static Listeners ofKernel(EvidenceAccess.OfKernel access, Consumer<EvidenceEvent> consumer)
            throws RouterException, Taken, InterruptedException {
        try {
            KernelEvidence evidence = KernelEvidence.open(
                    access.namespace(), Listening.toAll(access.refusals(), access.names()), consumer);
            for (IOException failure : evidence.failures().values()) {
                if (failure instanceof NflogGroupTaken taken) {
                    evidence.close();
                    throw new Taken(taken);
                }
            }
            if (!evidence.failures().isEmpty()) {
                evidence.close();
                String reasons = evidence.failures().entrySet().stream()
                        .map(failure -> failure.getKey().word() + ": "
                                + failure.getValue().getMessage())
                        .collect(Collectors.joining("; "));
                throw new RouterException.Unreachable("cannot listen to the kernel (" + reasons + ")");
            }
            return new Listeners(List.of(evidence));
        } catch (IOException failed) {
            throw new RouterException.Unreachable("cannot listen to the kernel: " + failed.getMessage(), failed);
        }
    }

    private static Listeners ofPrograms(EvidenceAccess.OfPrograms access, Consumer<EvidenceEvent> consumer, Clock clock)
            throws RouterException {
        Listeners listeners = new Listeners(new ArrayList<>());
        try {
            listeners.stream(
                    access,
                    nflog(access.refusals()),
                    new NflogPcapReader(EvidenceSource.REFUSALS, consumer, clock)::read);
            listeners.stream(
                    access, nflog(access.names()), new NflogPcapReader(EvidenceSource.NAMES, consumer, clock)::read);
            listeners.stream(
                    access,
                    List.of("conntrack", "-E", "-e", "NEW,DESTROY", "-o", "timestamp,id"),
                    new ConntrackTextReader(consumer, clock)::read);
            listeners.stream(access, List.of("ip", "monitor", "neigh"), new NeighbourTextReader(consumer, clock)::read);
            listeners.stream(access, List.of("nft", "monitor"), new RuleChangeTextReader(consumer, clock)::read);
            return listeners;
        } catch (RouterException failed) {
            listeners.close();
            throw failed;
        }
    }

    private static Listeners ofRouter(EvidenceAccess.OfRouter access, Consumer<EvidenceEvent> consumer, Clock clock)
            throws RouterException, InterruptedException {
        Listeners listeners = new Listeners(new ArrayList<>());
        if (access.log().isPresent()) {
            listeners.running.add(filterLog(access.log().get(), consumer));
        }
        access.states().ifPresent(table -> listeners.running.add(StatePolling.start(table, consumer, clock)));
        return listeners;
    }

    private static FilterLogEvidence filterLog(EvidenceAccess.FilterLog log, Consumer<EvidenceEvent> consumer)
            throws RouterException, InterruptedException {
        try {
            return FilterLogEvidence.open(
                    log.namespace(),
                    new InetSocketAddress(log.listen().address(), log.listen().port()),
                    log.senders(),
                    new RefusingRules(log.refusing()),
                    log.own(),
                    consumer);
        } catch (IOException failed) {
            throw new RouterException.Unreachable("cannot listen for the filter log: " + failed.getMessage(), failed);
        }
    }

    private static List<String> nflog(int group) {
        return List.of("tcpdump", "-i", "nflog:" + group, "-U", "-w", "-");
    }

    private void stream(EvidenceAccess.OfPrograms access, List<String> argv, Consumer<InputStream> reader)
            throws RouterException {
        InputStream stream = access.starter().start(argv);
        running.add(stream);
        Thread.ofVirtual().name("evidence " + argv.getFirst()).start(() -> reader.accept(stream));
    }

    @Override
    public void close() {
        for (AutoCloseable one : running) {
            try {
                one.close();
            } catch (IOException | UncheckedIOException alreadyGone) {
                // the program at the other end is gone, which is what was wanted
            } catch (Exception unexpected) {
                throw new IllegalStateException("ending a listener", unexpected);
            }
        }
    }
}
