package org.funkstille.routers;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.model.Device;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.router.Observation;

/**
 * The contract of every driver.
 *
 * <ul>
 *   <li>It creates, changes and deletes only what carries the mark {@code funkstille:}.
 *   <li>A block stands before everything that could let the device out, for IPv4 and IPv6, for the router's own services
 *       as well, and is part of what the router brings back after a reboot.
 *   <li>A window is closed by the router itself, or {@link RouterIdentity#windows()} says that it cannot.
 *   <li>{@link #apply} reports a change as done when the router took it; whether it is in force, the next
 *       {@link #observe} tells.
 * </ul>
 *
 * <p>Not safe for use by several threads; the guard uses one at a time.
 */
public interface RouterDriver extends AutoCloseable {

    RouterIdentity identity() throws RouterException;

    /** Reads everything; changes nothing. */
    Observation observe() throws RouterException;

    /** Reads the rules that are in force, everybody's; changes nothing. */
    SavedRules rules() throws RouterException;

    /**
     * Makes the changes of a plan, in their order; rules that change together come into force at one moment.
     *
     * @param done told of each change when it is made
     */
    void apply(Plan plan, Consumer<Change> done) throws RouterException;

    /** Lets a restricted device out for a while. A window that is open already gets the new length. */
    void openWindow(Device device, Duration length) throws RouterException;

    /** Closes a device's window. Its flows are not cut by this. */
    void closeWindow(String device) throws RouterException;

    /**
     * Ends the flows that these addresses began.
     *
     * @return how many there were
     */
    int cutFlows(Set<InetAddress> addresses) throws RouterException;

    /** The flows that these addresses began and that the router still holds open. */
    List<OpenFlow> openFlows(Set<InetAddress> addresses) throws RouterException;

    /** The packet that {@link #sendCanary} sends; absent where nothing can be sent that comes back as evidence. */
    Optional<Canary> canary();

    /** Sends a packet that our rules must refuse, and whose refusal the evidence tells. Does nothing without a canary. */
    void sendCanary() throws RouterException;

    /**
     * Tries to get out as a host of our own that the router is to hold back like any silenced device.
     *
     * @return absent where its owner named no such host, or the router needs none
     */
    default Optional<ProbeResult> probe() throws RouterException {
        return Optional.empty();
    }

    EvidenceAccess evidence();

    /**
     * Takes away everything of ours.
     *
     * @return what was taken away, a line each
     */
    List<String> uninstall() throws RouterException;

    @Override
    void close();
}
