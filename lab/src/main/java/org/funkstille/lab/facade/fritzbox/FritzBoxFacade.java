package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.fritzbox.tr064.Digest;
import org.funkstille.lab.facade.http.FacadeServer;
import org.funkstille.lab.facade.http.Faults;
import org.funkstille.lab.facade.http.ServerIdentity;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.Segment;

/**
 * A simulated FRITZ!Box 7590 in place of the lab's router. It is configured over its own interfaces, TR-064 on the ports
 * 49000 and 49443 and the web interface on 80 and 443, and what it is told acts on the packets of the lab. The house
 * keeps its two networks, between which the box routes freely; a real one has but one.
 */
public final class FritzBoxFacade implements AutoCloseable {

    /** TR-064 in plain text. */
    public static final int TR064_PORT = 49000;

    /** TR-064 over TLS. */
    public static final int TR064_TLS_PORT = BoxActions.SECURITY_PORT;

    private static final String NAME = "fritz.box";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Lab lab;
    private final Host router;
    private final Box box;
    private final Tr064 tr064;
    private final WebInterface web;
    private final FacadeServer plain;
    private final FacadeServer secured;
    private Optional<Ssdp> ssdp = Optional.empty();

    private FritzBoxFacade(Lab lab, Options options) throws IOException, InterruptedException {
        this.lab = lab;
        this.router = lab.host(HostName.ROUTER);
        this.box = box(lab, router, options, new BoxClock(this::cron));
        this.tr064 = new Tr064(box);
        this.web = new WebInterface(box);
        this.plain = FacadeServer.http(router.namespace(), addresses(HTTP, TR064_PORT), box.faults(), this::answer);
        try {
            this.secured = FacadeServer.https(
                    router.namespace(), addresses(HTTPS, TR064_TLS_PORT), NAME, box.faults(), this::answer);
        } catch (Throwable failure) {
            plain.close();
            throw failure;
        }
    }

    private static Box box(Lab lab, Host router, Options options, BoxClock clock) throws IOException {
        Configuration configuration = Configuration.ofTheOwner();
        LanDevices devices = new LanDevices(lab.router(), router, configuration);
        return new Box(
                options,
                clock,
                new Faults(),
                configuration,
                devices,
                new HostFilter(configuration, devices, new PacketRules(router, options), options.lockDelay()),
                new Reservations(lab.router()),
                new Logins(clock, options.firstBlock()),
                new Digest(options.user(), options.password(), clock),
                new Sessions(clock),
                new Sessions(clock),
                new SecondFactor(options));
    }

    /** Makes the lab's router a FRITZ!Box, until it is closed. */
    public static FritzBoxFacade takeOver(Lab lab, Options options) throws IOException, InterruptedException {
        FritzBoxFacade facade = new FritzBoxFacade(lab, options);
        try {
            facade.start();
            return facade;
        } catch (Throwable failure) {
            facade.stopServing();
            throw failure;
        }
    }

    private void start() throws IOException, InterruptedException {
        for (Mac mac : box.configuration().settled()) {
            box.reservations().write(mac, box.configuration().settings(mac).reserved());
        }
        box.filter().takeOver();
        openSsdp();
    }

    private void openSsdp() throws IOException, InterruptedException {
        if (!box.options().has(Quirk.NO_SSDP)) {
            ssdp = Optional.of(Ssdp.open(router, box.options().release()));
        }
    }

    private static List<InetSocketAddress> addresses(int... ports) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Segment segment : Segment.values()) {
            InetAddress leg = Addresses.parse(segment.routerIpv4());
            Arrays.stream(ports).forEach(port -> addresses.add(new InetSocketAddress(leg, port)));
        }
        return addresses;
    }

    /** One request at a time, as on a small machine. Which port it came to is told by what the client calls the host. */
    private synchronized WebAnswer answer(WebRequest request) {
        String host = request.header("Host").orElse("");
        boolean forPrograms = host.endsWith(":" + TR064_PORT) || host.endsWith(":" + TR064_TLS_PORT);
        try {
            return forPrograms ? tr064.answer(request) : web.answer(request);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return WebAnswer.of(503);
        }
    }

    /**
     * Switches the box off and on. What is in its configuration stays, locks among it; sessions, open confirmations and
     * the time for which logins are refused are gone.
     */
    public void restart() throws IOException, InterruptedException {
        ssdp.ifPresent(Ssdp::close);
        synchronized (this) {
            lab.router().restart();
            box.filter().restart();
            box.logins().restart();
            box.digest().forget();
            box.webSessions().endAll();
            box.documentSessions().endAll();
            box.secondFactor().stop();
            web.restart();
        }
        plain.restart();
        secured.restart();
        openSsdp();
    }

    private void cron() {
        box.webSessions().expire();
        box.documentSessions().expire();
    }

    /** Gives the router back to its Linux owner. */
    @Override
    public void close() throws IOException {
        stopServing();
        if (!router.namespace().exists()) {
            return; // the lab went first, and took the router with it
        }
        try {
            for (Mac mac : box.configuration().settled()) {
                box.reservations().write(mac, Optional.empty());
            }
            box.filter().close();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopServing() {
        ssdp.ifPresent(Ssdp::close);
        plain.close();
        secured.close();
    }

    public String user() {
        return box.options().user();
    }

    public String password() {
        return box.options().password();
    }

    /** How many logins with a wrong user or password there were, over whatever interface. */
    public synchronized int loginFailures() {
        return box.logins().failures();
    }

    /** True while nobody can log in, because somebody did it with a wrong password. */
    public synchronized boolean locked() {
        return box.logins().blocked();
    }

    /** Stands before the box and confirms what waits for it. */
    public synchronized void pressButton() {
        box.secondFactor().pressButton();
    }

    /** All that the box keeps when it is switched off, but its password: the owner's, and what was changed since. */
    public synchronized String configuration() {
        return box.configuration().text();
    }

    public Faults faults() {
        return box.faults();
    }

    public BoxClock clock() {
        return box.clock();
    }

    /** The certificate that TLS clients see. */
    public ServerIdentity identity() {
        return secured.identity();
    }

    /** From now on it is another one. */
    public ServerIdentity newCertificate() throws IOException, InterruptedException {
        return secured.newCertificate(NAME);
    }

    /** Every request so far, in plain text and over TLS. */
    public List<WebRequest> requests() {
        List<WebRequest> all = new ArrayList<>(plain.requests());
        all.addAll(secured.requests());
        return all;
    }

    @Override
    public String toString() {
        return box.toString();
    }
}
