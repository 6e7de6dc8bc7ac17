package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.tr064.Service;
import org.funkstille.routers.fritzbox.tr064.SoapAnswer;
import org.funkstille.routers.fritzbox.tr064.Tr064;
import org.funkstille.routers.fritzbox.tr064.XmlElement;
import org.funkstille.routers.http.HttpAnswer;

/** Reads which hosts the box knows and whether they are locked: in one document, or, on models without it, one by one. */
final class HostReader {

    /** A table of the box holds some hundred; this ends a walk on a box that does not. */
    private static final int MOST = 2000;

    private final Tr064 tr064;

    HostReader(Tr064 tr064) {
        this.tr064 = tr064;
    }

    List<BoxHost> all() throws RouterException {
        // A FRITZ!Box WLAN 3370 has no such list (home-assistant/core#97543).
        SoapAnswer path = tr064.call(Service.HOSTS, "X_AVM-DE_GetHostListPath");
        if (path instanceof SoapAnswer.Values values) {
            Optional<String> document = values.value("NewX_AVM-DE_HostListPath").filter(text -> text.startsWith("/"));
            if (document.isPresent()) {
                HttpAnswer answer = tr064.document(document.get());
                if (answer.ok()) {
                    return unique(list(answer.text()));
                }
            }
        } else if (path instanceof SoapAnswer.Fault fault && fault.code() == SoapAnswer.Fault.NOT_AUTHORIZED) {
            throw tr064.inWords("X_AVM-DE_GetHostListPath", fault);
        }
        return unique(walk());
    }

    private List<BoxHost> list(String document) throws RouterException {
        List<BoxHost> hosts = new ArrayList<>();
        try {
            for (XmlElement item : XmlElement.parse(document).children()) {
                Optional<BoxHost.Lock> lock = item.childText("X_AVM-DE_Disallow")
                        .map(flag -> new BoxHost.Lock(
                                flag.equals("1"),
                                BoxHost.Access.of(
                                        item.childText("X_AVM-DE_WANAccess").orElse(""))));
                host(
                                item.childText("MACAddress").orElse(""),
                                item.childText("IPAddress").orElse(""),
                                item.childText("Active").orElse(""),
                                item.childText("HostName").orElse(""),
                                item.childText("X_AVM-DE_Guest").orElse(""),
                                lock)
                        .ifPresent(hosts::add);
            }
        } catch (XmlElement.Unreadable unreadable) {
            throw new RouterException.Unreachable(
                    tr064.http().place() + ": the list of hosts is no document: " + unreadable.getMessage());
        }
        return hosts;
    }

    private List<BoxHost> walk() throws RouterException {
        List<BoxHost> hosts = new ArrayList<>();
        for (int index = 0; index < MOST; index++) {
            switch (tr064.call(Service.HOSTS, "GetGenericHostEntry", "NewIndex", Integer.toString(index))) {
                case SoapAnswer.Values entry ->
                    host(
                                    entry.text("NewMACAddress"),
                                    entry.text("NewIPAddress"),
                                    entry.text("NewActive"),
                                    entry.text("NewHostName"),
                                    "",
                                    Optional.empty())
                            .ifPresent(hosts::add);
                case SoapAnswer.Fault fault
                when fault.unknownHost() -> {
                    return hosts;
                }
                case SoapAnswer.Fault fault -> throw tr064.inWords("GetGenericHostEntry", fault);
            }
        }
        return hosts;
    }

    private static Optional<BoxHost> host(
            String mac, String address, String active, String name, String guest, Optional<BoxHost.Lock> lock) {
        return Mac.tryParse(mac)
                .flatMap(card -> Addresses.tryParse(address)
                        .filter(ip -> Family.of(ip) == Family.IPV4 && !ip.isAnyLocalAddress())
                        .map(ip -> new BoxHost(card, ip, active.equals("1"), name, guest.equals("1"), lock)));
    }

    /** An address that somebody holds now is no longer that of a host which had it once. */
    private static List<BoxHost> unique(List<BoxHost> hosts) {
        return hosts.stream()
                .filter(host -> host.active()
                        || hosts.stream()
                                .noneMatch(other -> other.active()
                                        && other.address().equals(host.address())
                                        && !other.mac().equals(host.mac())))
                .toList();
    }

    /** With the lock, for those of which the list did not tell it. */
    BoxHost withLock(BoxHost host) throws RouterException {
        if (host.lock().isPresent()) {
            return host;
        }
        return lock(host.address()).map(host::with).orElse(host);
    }

    /** @return nothing where the box has no host with this address */
    Optional<BoxHost.Lock> lock(InetAddress address) throws RouterException {
        SoapAnswer answer =
                tr064.call(Service.HOST_FILTER, "GetWANAccessByIP", "NewIPv4Address", Addresses.text(address));
        return switch (answer) {
            case SoapAnswer.Values values ->
                Optional.of(
                        new BoxHost.Lock(values.flag("NewDisallow"), BoxHost.Access.of(values.text("NewWANAccess"))));
            // Which of the two an unknown address is differs.
            case SoapAnswer.Fault fault
            when fault.unknownHost() || fault.code() == SoapAnswer.Fault.ACTION_FAILED -> Optional.empty();
            case SoapAnswer.Fault fault -> throw tr064.inWords("GetWANAccessByIP", fault);
        };
    }
}
