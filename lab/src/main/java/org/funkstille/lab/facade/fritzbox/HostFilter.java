package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;

/**
 * The lock of the parental control. It belongs to an IPv4 address; a change stands in the configuration at once, and
 * counts for packets some time later. Between the two the state of the address is {@code error}.
 */
final class HostFilter {

    /** An allowed value of {@code WANAccess}. */
    enum Access {
        ERROR,
        DENIED,
        GRANTED
    }

    private final Configuration configuration;
    private final LanDevices devices;
    private final PacketRules rules;
    private final Duration delay;
    private final Map<InetAddress, Long> changing = new HashMap<>();
    private long changes;

    HostFilter(Configuration configuration, LanDevices devices, PacketRules rules, Duration delay) {
        this.configuration = configuration;
        this.devices = devices;
        this.rules = rules;
        this.delay = delay;
    }

    synchronized void disallow(LanDevice device, boolean locked) {
        if (locked) {
            configuration.lock(device.ip(), device.mac());
        } else {
            configuration.unlock(device.ip());
        }
        begin(device.ip());
    }

    /** Has the rules made anew, also where the change was not to a lock but to the profile of a device. */
    synchronized void begin(InetAddress address) {
        long change = ++changes;
        changing.put(address, change);
        Thread.ofVirtual().name("fritzbox lock").start(() -> finish(address, change));
    }

    private void finish(InetAddress address, long change) {
        try {
            Thread.sleep(delay);
            synchronized (this) {
                if (changing.getOrDefault(address, 0L) == change) {
                    rules.apply(denied());
                    changing.remove(address);
                }
            }
        } catch (IOException boxIsGone) {
            // the state of the address stays an error, which is the truth
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized boolean disallowed(InetAddress address) {
        return configuration.locks().containsKey(address);
    }

    /** A device that is not locked may still be kept from the internet by its profile. */
    synchronized Access access(LanDevice device) {
        if (changing.containsKey(device.ip())) {
            return Access.ERROR;
        }
        boolean denied =
                disallowed(device.ip()) || configuration.profile(device.mac()).denied();
        return denied ? Access.DENIED : Access.GRANTED;
    }

    /** Who may not go out: those who are locked, and those whose profile says so. */
    private Map<InetAddress, Mac> denied() throws IOException, InterruptedException {
        Map<InetAddress, Mac> denied = new TreeMap<>(Addresses.ORDER);
        for (LanDevice device : devices.all()) {
            if (configuration.profile(device.mac()).denied()) {
                denied.put(device.ip(), device.mac());
            }
        }
        denied.putAll(configuration.locks());
        return denied;
    }

    synchronized void takeOver() throws IOException, InterruptedException {
        rules.takeOver(denied());
    }

    /** Changes that were under way are done with; the configuration counts, at once. */
    synchronized void restart() throws IOException, InterruptedException {
        changing.clear();
        rules.apply(denied());
    }

    synchronized void close() throws IOException, InterruptedException {
        changing.clear();
        rules.giveBack();
    }
}
