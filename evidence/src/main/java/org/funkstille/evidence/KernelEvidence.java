package org.funkstille.evidence;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Listens to the kernel of this machine in one network namespace. Each source has a thread of its own; where one fails,
 * it says {@link EvidenceEvent.Ended} and the others go on. Needs CAP_NET_ADMIN, and CAP_SYS_ADMIN to enter a namespace.
 */
public final class KernelEvidence implements AutoCloseable {

    /** The longest IPv6 header chain in use, and a question of the longest name. */
    private static final int REFUSAL_OCTETS = 320;

    /** A whole Ethernet packet. */
    private static final int ANSWER_OCTETS = 1500;

    private final List<KernelListener> listeners;
    private final List<Thread> threads;
    private final Map<EvidenceSource, IOException> failures = new EnumMap<>(EvidenceSource.class);

    private KernelEvidence(List<KernelListener> listeners, List<Thread> threads) {
        this.listeners = listeners;
        this.threads = threads;
    }

    /**
     * Begins to listen. When this returns every source is bound, and nothing is missed from then on; or it has failed,
     * and {@link #failures} says why.
     *
     * @param consumer is called by the listeners' threads, several at once; it must not wait, for meanwhile the kernel's
     *     buffer fills
     * @throws IOException where the namespace cannot be entered
     */
    public static KernelEvidence open(
            NetworkNamespace namespace, Listening listening, Consumer<? super EvidenceEvent> consumer)
            throws IOException, InterruptedException {
        requireEntry(namespace);
        List<KernelListener> listeners = feeds(listening).stream()
                .map(feed -> new KernelListener(
                        feed, new Outlet(feed.source(), consumer), listening.receiveBuffer(), InstantSource.system()))
                .toList();
        List<Thread> threads = new ArrayList<>();
        for (KernelListener listener : listeners) {
            Thread thread = namespace.thread("evidence " + listener.source().word(), listener);
            thread.setUncaughtExceptionHandler((ended, failure) -> listener.failed(failure));
            threads.add(thread);
        }
        KernelEvidence evidence = new KernelEvidence(listeners, List.copyOf(threads));
        threads.forEach(Thread::start);
        try {
            for (KernelListener listener : listeners) {
                listener.awaitReady().ifPresent(failure -> evidence.failures.put(listener.source(), failure));
            }
        } catch (InterruptedException interrupted) {
            evidence.close();
            throw interrupted;
        }
        return evidence;
    }

    private static void requireEntry(NetworkNamespace namespace) throws IOException, InterruptedException {
        try {
            namespace.call(() -> true);
        } catch (IOException | InterruptedException | RuntimeException expected) {
            throw expected;
        } catch (Exception unexpected) {
            throw new IOException("entering " + namespace, unexpected);
        }
    }

    private static List<KernelFeed> feeds(Listening listening) {
        List<KernelFeed> feeds = new ArrayList<>();
        listening
                .refusals()
                .ifPresent(group -> feeds.add(
                        new NflogFeed(EvidenceSource.REFUSALS, group, REFUSAL_OCTETS, PacketReading.REFUSAL)));
        listening
                .names()
                .ifPresent(group ->
                        feeds.add(new NflogFeed(EvidenceSource.NAMES, group, ANSWER_OCTETS, PacketReading.DNS_ANSWER)));
        if (listening.flows()) {
            feeds.add(MulticastFeed.flows());
        }
        if (listening.neighbours()) {
            feeds.add(MulticastFeed.neighbours());
        }
        if (listening.rules()) {
            feeds.add(new RuleFeed());
        }
        return feeds;
    }

    /** Sources that could not begin, and why: {@link NflogGroupTaken} where another program listens already. */
    public Map<EvidenceSource, IOException> failures() {
        return Map.copyOf(failures);
    }

    /** Nothing where this source was not asked for. */
    public Optional<EvidenceCounts> counts(EvidenceSource source) {
        return listeners.stream()
                .filter(listener -> listener.source() == source)
                .map(KernelListener::counts)
                .findFirst();
    }

    /** Ends all listeners and waits for their threads, unless one of these is the caller. They say nothing of it. */
    @Override
    public void close() {
        listeners.forEach(KernelListener::close);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread != Thread.currentThread() && thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
