package org.funkstille.routers.fritzbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.Via;
import org.funkstille.routers.RemoteRouter;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.LedgerFile;
import org.funkstille.routers.fritzbox.tr064.BoxLogin;
import org.funkstille.routers.fritzbox.tr064.Credentials;
import org.funkstille.routers.fritzbox.tr064.RefusedLogins;
import org.funkstille.routers.fritzbox.tr064.Tr064;
import org.funkstille.routers.fritzbox.web.LoginPage;
import org.funkstille.routers.fritzbox.web.WebSession;
import org.funkstille.routers.http.RouterHttp;

/** The ways to one box: TR-064 over TLS, and its web interface. Nothing is sent before something is asked for. */
final class BoxConnection implements AutoCloseable {

    private static final int WEB_PORT = 443;

    private final RemoteRouter remote;
    private final String host;
    private final Optional<Integer> configuredPort;
    private final int plainPort;
    private final LedgerFile ledger;
    private final BoxLogin login;
    private final RouterHttp web;
    private final WebSession session;
    private Optional<Tr064> tr064 = Optional.empty();

    BoxConnection(RemoteRouter remote, int plainPort) throws RouterException {
        Router router = remote.router();
        this.remote = remote;
        this.plainPort = plainPort;
        if (!(router.via() instanceof Via.Https https)) {
            throw new RouterException.Refused(
                    "router " + router.name() + ": a FRITZ!Box is reached by via: https:// and its address");
        }
        this.host = https.host();
        this.configuredPort = Optional.of(https.port()).filter(port -> port != WEB_PORT);
        this.ledger = new LedgerFile(file(remote, ".json"));
        this.web = configuredPort.isEmpty() ? remote.http() : remote.http().atPort(WEB_PORT);
        this.login = new BoxLogin(
                credentials(remote), new RefusedLogins(file(remote, "-login.json")), this::block, remote.clock());
        this.session = new WebSession(web, login);
    }

    private static Path file(RemoteRouter remote, String end) {
        String name = remote.router().name().replaceAll("[^A-Za-z0-9._-]+", "-");
        return remote.memory().resolve("fritzbox-" + name + end);
    }

    private static Credentials credentials(RemoteRouter remote) throws RouterException {
        Router router = remote.router();
        Optional<String> user = router.access().user();
        Optional<String> password = router.password().map(remote.secrets()::read);
        if (user.isEmpty() || password.isEmpty()) {
            throw new RouterException.Refused(
                    "router " + router.name() + ": a FRITZ!Box wants \"user\" and \"password\"");
        }
        return new Credentials(user.get(), password.get());
    }

    /** As far as it is told: a box without a web interface at its place tells nothing, and is asked for a login. */
    private Duration block() {
        try {
            return LoginPage.ask(web).block();
        } catch (RouterException untold) {
            return Duration.ZERO;
        }
    }

    String host() {
        return host;
    }

    LedgerFile ledger() {
        return ledger;
    }

    WebSession session() {
        return session;
    }

    Tr064 tr064() throws RouterException {
        if (tr064.isEmpty()) {
            int port = port();
            RouterHttp http =
                    configuredPort.isPresent() ? remote.http() : remote.http().atPort(port);
            tr064 = Optional.of(new Tr064(remote.router().name(), http, login, ledger));
        }
        return tr064.orElseThrow();
    }

    /**
     * Asked once in the life of the ledger: the answer comes without TLS, and whoever could change it later would have
     * us show the login to another port with another certificate.
     */
    private int port() throws RouterException {
        Optional<Integer> known =
                configuredPort.isPresent() ? configuredPort : ledger.read().port();
        if (known.isPresent()) {
            return known.get();
        }
        try (RouterHttp plain = RouterHttp.plain(remote.router().name(), host, plainPort, remote.namespace())) {
            int told = Tr064.askForTlsPort(plain);
            ledger.change(before -> before.withPort(told));
            return told;
        } catch (RouterException.Unreachable silent) {
            return Tr064.USUAL_TLS_PORT;
        }
    }

    @Override
    public void close() {
        session.close();
        tr064.ifPresent(used -> used.http().close());
        web.close();
        remote.http().close();
    }
}
