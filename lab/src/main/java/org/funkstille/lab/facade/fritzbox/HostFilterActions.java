package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.fritzbox.tr064.Scpd;
import org.funkstille.lab.facade.fritzbox.tr064.SoapFault;

/**
 * The service {@code X_AVM-DE_HostFilter:1}: the lock, and tickets. A ticket makes the online time of a profile longer
 * and does nothing to a locked device (AVM's help for the parental control), so here it is only kept.
 */
final class HostFilterActions {

    private static final int MOST_TICKETS = 10;

    private final Box box;
    private final Map<String, Boolean> marked = new LinkedHashMap<>();

    private HostFilterActions(Box box) {
        this.box = box;
    }

    static Actions of(Box box, String description) throws IOException {
        HostFilterActions filter = new HostFilterActions(box);
        filter.newTickets();
        return new Actions(Scpd.parse(description))
                .add("DisallowWANAccessByIP", Needed.APPLICATIONS, filter::disallow)
                .add("GetWANAccessByIP", Needed.APPLICATIONS, filter::access)
                .add("MarkTicket", Needed.APPLICATIONS, filter::markTicket)
                .add("GetTicketIDStatus", Needed.APPLICATIONS, filter::ticketStatus)
                .add("DiscardAllTickets", Needed.APPLICATIONS, filter::discardTickets);
    }

    private Map<String, String> disallow(Actions.Call call) throws SoapFault, IOException, InterruptedException {
        boolean locked = call.flag("NewDisallow");
        LanDevice device = device(call);
        box.secondFactor().demand(call.soap().token());
        if (!box.faults().swallows(call.request())) {
            box.filter().disallow(device, locked);
        }
        return Map.of();
    }

    private Map<String, String> access(Actions.Call call) throws SoapFault, IOException, InterruptedException {
        LanDevice device = device(call);
        return Map.of(
                "NewDisallow",
                box.filter().disallowed(device.ip()) ? "1" : "0",
                "NewWANAccess",
                HostListDocument.text(box.filter().access(device)));
    }

    private LanDevice device(Actions.Call call) throws SoapFault, IOException, InterruptedException {
        String address = call.argument("NewIPv4Address");
        if (Addresses.tryParse(address)
                .filter(ip -> Family.of(ip) == Family.IPV4)
                .isEmpty()) {
            throw SoapFault.invalidValue();
        }
        return box.devices().byAddress(address).orElseThrow(this::unknown);
    }

    private SoapFault unknown() {
        return box.options().has(Quirk.UNKNOWN_ADDRESS_FAILS) ? SoapFault.actionFailed() : SoapFault.noSuchEntry();
    }

    private void newTickets() {
        marked.clear();
        while (marked.size() < MOST_TICKETS) {
            marked.put(Integer.toString(ThreadLocalRandom.current().nextInt(100_000, 1_000_000)), false);
        }
    }

    private Map<String, String> markTicket(Actions.Call call) throws SoapFault {
        box.secondFactor().demand(call.soap().token());
        String free = marked.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(SoapFault::actionFailed);
        marked.put(free, true);
        return Map.of("NewTicketID", free);
    }

    private Map<String, String> ticketStatus(Actions.Call call) {
        Boolean state = marked.get(call.argument("NewTicketID"));
        return Map.of("NewTicketIDStatus", state == null ? "invalid" : state ? "marked" : "unmarked");
    }

    private Map<String, String> discardTickets(Actions.Call call) throws SoapFault {
        box.secondFactor().demand(call.soap().token());
        newTickets();
        return Map.of();
    }
}
