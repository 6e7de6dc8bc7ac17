package org.funkstille.evidence.filterlog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Attempts of devices behind a pfSense or OPNsense router: listens for the syslog messages of its filter log, by UDP and
 * TCP on one port. Hands on {@link EvidenceEvent.Refused} for packets that our rules refused, without hardware address,
 * for the filter log has none; {@link EvidenceEvent.Lost} where the kernel dropped datagrams for want of room; and
 * {@link EvidenceEvent.Ended} where it cannot go on.
 *
 * <p>What the router itself drops before it sends, and what is lost on its way here, nobody counts: only the rules' own
 * counters show it. An attempt's time is the router's where it sends RFC 5424 and its clock is about right; else, and
 * always with RFC 3164, whose times have neither year nor zone, it is the time of arrival here.
 */
public final class FilterLogEvidence implements AutoCloseable {

    private final AttemptOutlet outlet;
    private final SyslogListener listener;
    private final Thread thread;
    private final InetSocketAddress address;

    private FilterLogEvidence(AttemptOutlet outlet, SyslogListener listener, Thread thread, InetSocketAddress address) {
        this.outlet = outlet;
        this.listener = listener;
        this.thread = thread;
        this.address = address;
    }

    /**
     * Begins to listen. When this returns both sockets are bound, and nothing is missed from then on.
     *
     * @param listen an address of this machine in that namespace, and the port that the router sends to; 0 for a free one
     * @param senders the router's own addresses towards us; whatever comes from others is counted and not read
     * @param routersOwn whether an address is one of the router's own, in any network
     * @param consumer is called by the listener's thread; it must not wait, for meanwhile the kernel's buffer fills
     * @throws IOException in plain words where the port is taken or may not be bound, or the namespace cannot be entered
     */
    public static FilterLogEvidence open(
            NetworkNamespace namespace,
            InetSocketAddress listen,
            Set<InetAddress> senders,
            OurRules rules,
            Predicate<InetAddress> routersOwn,
            Consumer<? super EvidenceEvent> consumer)
            throws IOException, InterruptedException {
        AttemptOutlet outlet = new AttemptOutlet(rules, routersOwn, consumer);
        return open(namespace, listen, senders, outlet, Limits.USUAL);
    }

    static FilterLogEvidence open(
            NetworkNamespace namespace,
            InetSocketAddress listen,
            Set<InetAddress> senders,
            AttemptOutlet outlet,
            Limits limits)
            throws IOException, InterruptedException {
        return over(SyslogSockets.open(namespace, listen, limits), namespace, senders, outlet, limits);
    }

    static FilterLogEvidence over(
            SyslogSockets sockets,
            NetworkNamespace namespace,
            Set<InetAddress> senders,
            AttemptOutlet outlet,
            Limits limits)
            throws IOException {
        try {
            InetSocketAddress address = sockets.address();
            SyslogListener listener =
                    new SyslogListener(sockets, Set.copyOf(senders), outlet, limits, InstantSource.system());
            Thread thread = namespace.thread("evidence filterlog", listener);
            thread.setUncaughtExceptionHandler((_, failure) -> listener.failed(failure));
            thread.start();
            return new FilterLogEvidence(outlet, listener, thread, address);
        } catch (IOException | RuntimeException failed) {
            sockets.close();
            throw failed;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    public FilterLogCounts counts() {
        return outlet.counts();
    }

    /** Ends the listener and waits for its thread, unless that is the caller. It says nothing of it. */
    @Override
    public void close() {
        listener.close();
        boolean interrupted = false;
        while (thread != Thread.currentThread() && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
