package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.Ledger;
import org.funkstille.routers.fritzbox.memory.LedgerFile;
import org.funkstille.routers.fritzbox.tr064.Service;
import org.funkstille.routers.fritzbox.tr064.SoapAnswer;
import org.funkstille.routers.fritzbox.tr064.Tr064;

/**
 * Locks and unlocks addresses. That a lock is ours is written down before it is set, so that nobody's death in between
 * leaves a lock that looks like the owner's; it is struck out after it was taken away.
 */
final class Locks {

    private final Tr064 tr064;
    private final HostReader hosts;
    private final LedgerFile ledger;
    private final Patience patience;

    Locks(Tr064 tr064, HostReader hosts, LedgerFile ledger, Patience patience) {
        this.tr064 = tr064;
        this.hosts = hosts;
        this.ledger = ledger;
        this.patience = patience;
    }

    /** Asks for a lock where there is none; one that the owner set himself stays his. Does not wait for it. */
    void lock(String holder, BoxHost host) throws RouterException {
        if (hosts.withLock(host).disallowed()) {
            return;
        }
        if (!ledger.read().owns(host.address())) {
            ledger.change(before -> before.with(new Ledger.Lock(holder, host.mac(), host.address())));
        }
        set(host.address(), true, host.guest());
    }

    /** Locks an address of the owner's again that he had locked himself. */
    void lockForOwner(InetAddress address) throws RouterException {
        set(address, true, false);
    }

    /** Opens an address for a while; whose lock it was stays written down as it is. */
    void lift(BoxHost host) throws RouterException {
        set(host.address(), false, host.guest());
    }

    /**
     * Takes a lock of ours away.
     *
     * @return false where the box no longer knows the address, so that nothing could be taken away
     */
    boolean unlock(InetAddress address) throws RouterException {
        Optional<BoxHost.Lock> lock = hosts.lock(address);
        if (lock.isEmpty()) {
            return false;
        }
        if (lock.get().disallowed()) {
            set(address, false, false);
        }
        awaitUnlocked(address);
        ledger.change(before -> before.withoutLock(address));
        return true;
    }

    private void set(InetAddress address, boolean disallow, boolean guest) throws RouterException {
        SoapAnswer answer = tr064.call(
                Service.HOST_FILTER,
                "DisallowWANAccessByIP",
                "NewIPv4Address",
                Addresses.text(address),
                "NewDisallow",
                disallow ? "1" : "0");
        if (answer instanceof SoapAnswer.Fault fault) {
            RouterException why = tr064.inWords("DisallowWANAccessByIP " + Addresses.text(address), fault);
            throw guest ? guestNetwork(address, why) : why;
        }
        // A confirmation that was awaited has done its work.
        if (ledger.read().confirmation().isPresent()) {
            ledger.change(before -> before.withConfirmation(Optional.empty()));
        }
    }

    private static RouterException guestNetwork(InetAddress address, RouterException why) {
        return new RouterException.Refused(Addresses.text(address) + " is in the guest network, where the FRITZ!Box"
                + " cannot lock single devices; take the device out of the guest network. " + why.getMessage());
    }

    /** @throws RouterException.ReadBackDiffers where the box took the locks and does not refuse these addresses in time */
    void awaitShut(Collection<InetAddress> addresses) throws RouterException {
        await(addresses, BoxHost.Lock::shut, "not locked");
    }

    /** @throws RouterException.ReadBackDiffers where something still keeps them in: an access profile of the owner's */
    void awaitOpen(Collection<InetAddress> addresses) throws RouterException {
        await(
                addresses,
                BoxHost.Lock::open,
                "still kept from the internet (if not by the lock, then by its access profile under Internet > Filters)");
    }

    /** The owner's access profile may still deny it, and of a host that is away the box may never say more. */
    private void awaitUnlocked(InetAddress address) throws RouterException {
        boolean settled = patience.await(() -> hosts.lock(address)
                .filter(lock -> !lock.disallowed() && lock.access() != BoxHost.Access.ERROR)
                .isPresent());
        if (!settled && hosts.lock(address).filter(BoxHost.Lock::disallowed).isPresent()) {
            throw new RouterException.ReadBackDiffers(List.of(Addresses.text(address) + " is still locked"));
        }
    }

    private interface Wanted {

        boolean by(BoxHost.Lock lock);
    }

    private void await(Collection<InetAddress> addresses, Wanted wanted, String otherwise) throws RouterException {
        List<InetAddress> rest = new ArrayList<>(addresses);
        boolean done = patience.await(() -> {
            for (InetAddress address : List.copyOf(rest)) {
                if (hosts.lock(address).filter(wanted::by).isPresent()) {
                    rest.remove(address);
                }
            }
            return rest.isEmpty();
        });
        if (!done) {
            throw new RouterException.ReadBackDiffers(rest.stream()
                    .map(address -> Addresses.text(address) + " is " + otherwise + " after "
                            + patience.whole().toSeconds() + " s")
                    .toList());
        }
    }
}
