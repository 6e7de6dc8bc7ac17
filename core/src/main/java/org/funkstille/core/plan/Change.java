package org.funkstille.core.plan;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Reservation;

/** One change of a router, in words that every driver understands. */
public sealed interface Change {

    /** One line for people. */
    String describe();

    /** Lay all our rules anew; open windows stay open for the time they have left. */
    record LayRules(String reason, List<DeviceRules> all) implements Change {

        public LayRules {
            all = List.copyOf(all);
        }

        @Override
        public String describe() {
            return "lay the rules for " + all.size() + (all.size() == 1 ? " device" : " devices") + " (" + reason + ")";
        }
    }

    /** Give one device its rules, in place of those it had. */
    record SetRules(DeviceRules rules) implements Change {

        @Override
        public String describe() {
            return rules.device() + ": policy " + rules.policy().word();
        }
    }

    /** Take away the rules of a device that the home no longer names. */
    record RemoveRules(DeviceRules rules) implements Change {

        @Override
        public String describe() {
            return rules.device() + ": take its rules away, the home no longer names it";
        }
    }

    /** End the flows that a device has open. */
    record CutFlows(String device, Set<InetAddress> addresses) implements Change {

        public CutFlows {
            addresses = Set.copyOf(addresses);
        }

        @Override
        public String describe() {
            return device + ": cut the open flows of "
                    + addresses.stream()
                            .sorted(Addresses.ORDER)
                            .map(Addresses::text)
                            .collect(Collectors.joining(", "));
        }
    }

    /** Save the rules so that a reboot comes up with them, before the network does. */
    record SaveRules(List<DeviceRules> all) implements Change {

        public SaveRules {
            all = List.copyOf(all);
        }

        @Override
        public String describe() {
            return "save the rules for the next boot";
        }
    }

    record Reserve(Reservation reservation) implements Change {

        @Override
        public String describe() {
            return reservation.device() + ": pin " + reservation.mac() + " to " + Addresses.text(reservation.address());
        }
    }

    record Unreserve(Reservation reservation) implements Change {

        @Override
        public String describe() {
            return reservation.device() + ": no longer pin " + reservation.mac() + " to "
                    + Addresses.text(reservation.address());
        }
    }

    /** Close a window that nobody may have open, or whose end has come on a router that does not close it itself. */
    record CloseWindow(String device) implements Change {

        @Override
        public String describe() {
            return device + ": close a window that should not be open";
        }
    }
}
