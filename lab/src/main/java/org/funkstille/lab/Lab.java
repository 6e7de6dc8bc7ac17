package org.funkstille.lab;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.funkstille.kernel.Command;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.device.Gateway;
import org.funkstille.lab.device.Hub;
import org.funkstille.lab.device.Phone;
import org.funkstille.lab.device.Station;
import org.funkstille.lab.device.Surroundings;
import org.funkstille.lab.device.Vacuum;
import org.funkstille.lab.network.Cabling;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.LabName;
import org.funkstille.lab.network.Processes;
import org.funkstille.lab.router.Router;

/**
 * A virtual home that is up. Its hosts are network namespaces, its devices are threads of this process; nothing of it
 * touches the networks of this machine. Closing it leaves nothing behind; so does the end of this process by a signal.
 * After a kill that leaves no time for that, {@link #sweep} does it.
 */
public final class Lab implements AutoCloseable {

    private final LabName name;
    private final Router router;
    private final Cloud cloud;
    private final Gateway gateway;
    private final Vacuum vacuum;
    private final Hub hub;
    private final Phone phone;
    private final Thread endOfProcess = new Thread(this::closeAtEnd, "lab down");
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lab(LabPlan plan) throws IOException, InterruptedException {
        this.name = plan.name();
        Processes processes = new Processes(name);
        this.router = new Router(host(HostName.ROUTER), processes);
        this.cloud = new Cloud(host(HostName.CLOUD));
        Surroundings surroundings = new Surroundings(name, processes, cloud.uploads(), plan.pace());
        this.gateway = new Gateway(surroundings);
        this.vacuum = new Vacuum(surroundings);
        this.hub = new Hub(surroundings);
        this.phone = new Phone(surroundings);
    }

    /** Builds the lab of that name, and waits until all its hosts are at work. */
    public static Lab up(String name) throws IOException, InterruptedException {
        return up(LabPlan.named(name));
    }

    /** @throws IOException that says what is missing; nothing of the lab is left then */
    public static Lab up(LabPlan plan) throws IOException, InterruptedException {
        return up(plan, LabOwner.Kind.GUEST);
    }

    static Lab up(LabPlan plan, LabOwner.Kind kind) throws IOException, InterruptedException {
        Requirements.check();
        Site site = new Site(plan.name());
        site.claim(LabOwner.self(kind));
        try {
            new Cabling(plan.name()).build();
            Lab lab = new Lab(plan);
            Runtime.getRuntime().addShutdownHook(lab.endOfProcess);
            lab.startOrClose(plan);
            return lab;
        } catch (Throwable failure) {
            site.clear();
            throw failure;
        }
    }

    private void startOrClose(LabPlan plan) throws IOException, InterruptedException {
        try {
            start(plan);
        } catch (Throwable failure) {
            close();
            throw failure;
        }
    }

    private void start(LabPlan plan) throws IOException, InterruptedException {
        cloud.start();
        router.install();
        for (Station station : stations()) {
            station.start();
        }
        new Readiness()
                .lease(router, gateway)
                .ipv4(gateway)
                .ipv6(gateway)
                .calls(gateway, gateway)
                .ipv4(vacuum)
                .calls(vacuum, vacuum)
                .ipv4(phone)
                .ipv6(hub)
                .hears(hub)
                .await(plan.readyWithin());
        HomeFile.of(this).write();
    }

    /**
     * Takes a lab away whatever process it belonged to: ends its daemon if it has one, its programs, its namespaces and
     * its files. Does nothing where there is no such lab.
     */
    public static void sweep(String name) throws IOException, InterruptedException {
        LabControl.endDaemon(new LabName(name));
        new Site(new LabName(name)).clear();
    }

    public LabName name() {
        return name;
    }

    /** Where it keeps its files, {@code funkstille.yaml} among them. */
    public Path directory() {
        return name.directory();
    }

    /** A host by the name that the command line has for it. */
    public Host host(String host) {
        return host(HostName.visible(host));
    }

    public Host host(HostName host) {
        return new Host(name, host);
    }

    /** Runs a program on a host, to its end. */
    public Command.Result exec(String host, String... argv) throws IOException, InterruptedException {
        return host(host).exec(List.of(argv));
    }

    public Router router() {
        return router;
    }

    public Cloud cloud() {
        return cloud;
    }

    public Gateway gateway() {
        return gateway;
    }

    public Vacuum vacuum() {
        return vacuum;
    }

    public Hub hub() {
        return hub;
    }

    public Phone phone() {
        return phone;
    }

    /** Every device, the one that listens first. */
    List<Station> stations() {
        return List.of(hub, phone, gateway, vacuum);
    }

    /** What an owner of this home would write into {@code funkstille.yaml}. */
    public String homeYaml() {
        return HomeFile.of(this).text();
    }

    /** Takes all of it down, also on a thread that was interrupted: what is left would bother somebody else. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean wasInterrupted = Thread.interrupted();
        try {
            takeDown();
        } catch (InterruptedException impatient) {
            wasInterrupted = true;
            throw new InterruptedIOException("lab " + name + " was interrupted while it was taken down");
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void takeDown() throws IOException, InterruptedException {
        try {
            for (Station station : stations()) {
                station.unplug();
            }
            cloud.close();
        } finally {
            new Site(name).clear();
            forgetEndOfProcess();
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    private void closeAtEnd() {
        try {
            close();
        } catch (IOException failed) {
            System.err.println("lab " + name + " was not taken down completely: " + failed.getMessage());
        }
    }

    private void forgetEndOfProcess() {
        try {
            Runtime.getRuntime().removeShutdownHook(endOfProcess);
        } catch (IllegalStateException processIsEnding) {
            // then this is what the hook is for
        }
    }
}
