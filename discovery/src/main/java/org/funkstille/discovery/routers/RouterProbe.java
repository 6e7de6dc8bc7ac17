package org.funkstille.discovery.routers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.funkstille.core.net.Mac;
import org.funkstille.discovery.network.Deadline;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Looks at one address: first at what all routers could show, then at what the system it seems to be would. pfSense's REST
 * API counts guests without a name as failed logins, so only a pfSense is asked for it, and once.
 */
final class RouterProbe {

    /** Over and above the deadline, for a task to notice that it has passed. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private static final String DESCRIPTION = "/tr64desc.xml";
    private static final String REST_API = "/api/v2/system/version";
    private static final String CORE_API = "/api/core/firmware/status";
    private static final String UBUS_LIST =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"list\",\"params\":[\"session\"]}";

    private final WebClient web;
    private final Ports ports;

    RouterProbe(NetworkNamespace namespace, Ports ports) {
        this.web = new WebClient(namespace);
        this.ports = ports;
    }

    /**
     * What is known of an address before it is looked at.
     *
     * @param place where it said by SSDP that it describes itself
     */
    record Target(InetAddress address, Optional<Mac> mac, boolean gateway, Optional<SsdpSearch.Place> place) {}

    /** Ends soon after the deadline, with what came until then. */
    RouterClues look(ExecutorService tasks, Target target, Deadline deadline) throws InterruptedException {
        InetAddress address = target.address();
        SsdpSearch.Place place = target.place()
                .orElseGet(() -> new SsdpSearch.Place(new InetSocketAddress(address, ports.tr064()), DESCRIPTION));
        Future<Optional<WebAnswer>> page = tasks.submit(() -> web.get(at(address, ports.https()), true, "/", deadline));
        Future<Optional<WebAnswer>> plainPage =
                tasks.submit(() -> web.get(at(address, ports.http()), false, "/", deadline));
        Future<Optional<WebAnswer>> description =
                tasks.submit(() -> web.get(place.server(), false, place.path(), deadline));
        Future<Optional<ServerCertificate>> control =
                tasks.submit(() -> web.certificate(at(address, ports.tr064Tls()), deadline));
        Future<Optional<WebAnswer>> ipfire =
                tasks.submit(() -> web.get(at(address, ports.ipfire()), true, "/", deadline));
        Future<Optional<String>> ssh = tasks.submit(() -> web.greeting(at(address, ports.ssh()), deadline));

        Optional<WebAnswer> front = result(page, deadline);
        Optional<WebAnswer> plain = result(plainPage, deadline);
        return new RouterClues(
                address,
                target.mac(),
                target.gateway(),
                target.place().isPresent(),
                front,
                plain,
                result(description, deadline)
                        .filter(answer -> answer.status() == 200)
                        .flatMap(answer -> DeviceDescription.parse(answer.body()))
                        .filter(DeviceDescription::isGateway),
                result(control, deadline),
                api(tasks, front, Fingerprints::pfsense, () -> get(address, REST_API, deadline), deadline),
                api(tasks, front, Fingerprints::opnsense, () -> get(address, CORE_API, deadline), deadline),
                ubus(tasks, address, front, plain, deadline),
                result(ipfire, deadline),
                result(ssh, deadline));
    }

    private Optional<WebAnswer> get(InetAddress address, String path, Deadline deadline) throws InterruptedException {
        return web.get(at(address, ports.https()), true, path, deadline);
    }

    private static Optional<WebAnswer> api(
            ExecutorService tasks,
            Optional<WebAnswer> front,
            Predicate<WebAnswer> looksLikeIt,
            Callable<Optional<WebAnswer>> question,
            Deadline deadline)
            throws InterruptedException {
        return front.filter(looksLikeIt).isPresent() ? result(tasks.submit(question), deadline) : Optional.empty();
    }

    private Optional<WebAnswer> ubus(
            ExecutorService tasks,
            InetAddress address,
            Optional<WebAnswer> front,
            Optional<WebAnswer> plain,
            Deadline deadline)
            throws InterruptedException {
        boolean encrypted = front.isPresent();
        Optional<WebAnswer> page = front.or(() -> plain);
        InetSocketAddress server = at(address, encrypted ? ports.https() : ports.http());
        return api(
                tasks,
                page,
                answer -> answer.says("cgi-bin/luci"),
                () -> web.post(server, encrypted, "/ubus", UBUS_LIST, deadline),
                deadline);
    }

    private static InetSocketAddress at(InetAddress address, int port) {
        return new InetSocketAddress(address, port);
    }

    private static <T> Optional<T> result(Future<Optional<T>> task, Deadline deadline) throws InterruptedException {
        try {
            return task.get(deadline.remaining().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // The interruption closes its socket, whatever it is waiting for.
            boolean ignored = task.cancel(true);
            return Optional.empty();
        } catch (ExecutionException | CancellationException failed) {
            return Optional.empty();
        }
    }
}
