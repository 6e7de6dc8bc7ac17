package org.funkstille.routers.fritzbox.memory;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Reservation;

/**
 * What is ours on a box that knows no marks. A lock that does not stand here is the owner's own.
 *
 * @param port where TR-064 speaks TLS, as the box said the first time
 * @param confirmation what a confirmation at the box is known by, as long as it is awaited
 */
public record Ledger(
        Optional<Integer> port,
        Optional<String> confirmation,
        List<Lock> locks,
        List<Window> windows,
        List<Pin> pins,
        Optional<Awake> probe) {

    public static final Ledger EMPTY =
            new Ledger(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), Optional.empty());

    public Ledger {
        locks = List.copyOf(locks);
        windows = List.copyOf(windows);
        pins = List.copyOf(pins);
    }

    /**
     * A lock that we set, or were about to set.
     *
     * @param holder the device, or {@link #PROBE}
     * @param mac whose the address was
     */
    public record Lock(String holder, Mac mac, InetAddress address) {}

    /** Who holds the lock of the host that we play ourselves. No device can have a name with a space in it. */
    public static final String PROBE = "the probe";

    /**
     * A window that is open, or was about to be opened.
     *
     * @param lifted addresses whose lock was the owner's own before the window
     */
    public record Window(String device, Instant until, Set<InetAddress> lifted) {

        public Window {
            lifted = Set.copyOf(lifted);
        }
    }

    /**
     * An address that we pinned.
     *
     * @param before what the owner had pinned for it, where he had
     */
    public record Pin(Reservation reservation, Optional<InetAddress> before) {}

    /**
     * How the probe got out when it was not held back.
     *
     * @param answered what answered it, as {@link org.funkstille.core.net.Endpoint#toString()} has it
     * @param complete true where every way out of the network was among them
     */
    public record Awake(Instant at, Set<String> answered, boolean complete) {

        public Awake {
            answered = Set.copyOf(answered);
        }
    }

    public List<Lock> locksOf(String holder) {
        return locks.stream().filter(lock -> lock.holder.equals(holder)).toList();
    }

    /** True where a lock on this address is ours. */
    public boolean owns(InetAddress address) {
        return locks.stream().anyMatch(lock -> lock.address.equals(address));
    }

    public Optional<Window> windowOf(String device) {
        return windows.stream().filter(window -> window.device.equals(device)).findFirst();
    }

    public Ledger withPort(int newPort) {
        return new Ledger(Optional.of(newPort), confirmation, locks, windows, pins, probe);
    }

    public Ledger withConfirmation(Optional<String> token) {
        return new Ledger(port, token, locks, windows, pins, probe);
    }

    /** In place of what stood there for the same address. */
    public Ledger with(Lock lock) {
        return withLocks(replaced(locks, other -> other.address.equals(lock.address), Optional.of(lock)));
    }

    public Ledger withoutLock(InetAddress address) {
        return withLocks(replaced(locks, other -> other.address.equals(address), Optional.empty()));
    }

    private Ledger withLocks(List<Lock> newLocks) {
        return new Ledger(port, confirmation, newLocks, windows, pins, probe);
    }

    public Ledger with(Window window) {
        return withWindows(replaced(windows, other -> other.device.equals(window.device), Optional.of(window)));
    }

    public Ledger withoutWindow(String device) {
        return withWindows(replaced(windows, other -> other.device.equals(device), Optional.empty()));
    }

    private Ledger withWindows(List<Window> newWindows) {
        return new Ledger(port, confirmation, locks, newWindows, pins, probe);
    }

    public Ledger with(Pin pin) {
        return withPins(replaced(pins, other -> isOf(other, pin.reservation.mac()), Optional.of(pin)));
    }

    public Ledger withoutPin(Mac mac) {
        return withPins(replaced(pins, other -> isOf(other, mac), Optional.empty()));
    }

    private Ledger withPins(List<Pin> newPins) {
        return new Ledger(port, confirmation, locks, windows, newPins, probe);
    }

    private static boolean isOf(Pin pin, Mac mac) {
        return pin.reservation.mac().equals(mac);
    }

    public Ledger with(Awake awake) {
        return new Ledger(port, confirmation, locks, windows, pins, Optional.of(awake));
    }

    private static <T> List<T> replaced(List<T> all, Predicate<T> old, Optional<T> with) {
        return new ArrayList<>(
                Stream.concat(all.stream().filter(old.negate()), with.stream()).toList());
    }

    /** Only how much it is: a confirmation is a secret. */
    @Override
    public String toString() {
        return locks.size() + " locks, " + windows.size() + " windows, " + pins.size() + " pinned addresses";
    }
}
