package org.funkstille.core.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.funkstille.core.config.Entry.Located;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Secret;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.ServiceAddress;

/** Reads one router. */
final class RouterReader {

    private final String file;
    private final List<Fault> faults;

    RouterReader(String file, List<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** Nothing where too little of it can be understood to go on; the faults say why. */
    Optional<Router> read(Entry entry) {
        Optional<String> name = entry.name("name").map(Located::value);
        Optional<Located<RouterType>> type = entry.value("type", RouterReader::type);
        if (name.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        Optional<Router.DhcpFiles> dhcp = entry.entry("dhcp")
                .flatMap(files -> files.text("hosts")
                        .flatMap(hosts -> files.text("leases")
                                .map(leases -> new Router.DhcpFiles(hosts.value(), leases.value()))));
        Router router = new Router(
                name.get(),
                type.get().value(),
                entry.value("via", Vias::tryParse).map(Located::value).orElse(new Via.Local()),
                entry.secret("password"),
                entry.text("root").map(Located::value).orElse("/"),
                dhcp,
                entry.text("services").isEmpty() || entry.flag("services"),
                access(entry));
        check(router, type.get(), entry);
        return Optional.of(router);
    }

    private static Optional<RouterType> type(String word) {
        for (RouterType type : RouterType.values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static RouterAccess access(Entry entry) {
        Set<RouterAccess.Right> rights = new TreeSet<>();
        for (RouterAccess.Right right : RouterAccess.Right.values()) {
            boolean allowed = entry.values("allow", Optional::of).stream()
                    .anyMatch(word -> word.value().equals(right.word()));
            if (allowed) {
                rights.add(right);
            }
        }
        return new RouterAccess(
                entry.text("user").map(Located::value),
                entry.secret("key"),
                entry.text("certificate").map(Located::value),
                rights,
                entry.value("syslog", ServiceAddress::tryParse).map(Located::value),
                entry.text("namespace").map(Located::value),
                entry.entry("probe").flatMap(RouterReader::probe));
    }

    private static Optional<RouterAccess.Probe> probe(Entry entry) {
        return entry.value("interface", HomeShape::interfaceName)
                .flatMap(leg -> entry.value("mac", Mac::tryParse)
                        .flatMap(mac -> entry.value("address", HomeShape::address4)
                                .map(address -> new RouterAccess.Probe(
                                        leg.value(),
                                        mac.value(),
                                        address.value(),
                                        entry.values("to", Destinations::endpoint).stream()
                                                .map(Located::value)
                                                .toList()))));
    }

    /**
     * Each system has one way in; what belongs to another would be passed over without a word. A router without a way in
     * is not driven, and the proof alone needs none.
     */
    private void check(Router router, Located<RouterType> type, Entry entry) {
        allowed(entry, type.value());
        if (entry.text("via").isEmpty()) {
            return;
        }
        boolean overTls = router.via() instanceof Via.Https;
        Optional<Secret> key = router.access().key();
        switch (type.value()) {
            case PFSENSE -> {
                requireTls(overTls, type);
                if (key.isEmpty()
                        && (router.password().isEmpty()
                                || router.access().user().isEmpty())) {
                    fault(type, "a pfsense router needs \"key\" (an API key), or \"user\" and \"password\"");
                }
            }
            case OPNSENSE -> {
                requireTls(overTls, type);
                if (key.isEmpty()) {
                    fault(type, "an opnsense router needs \"key\": its API key and secret as key:secret");
                }
            }
            case FRITZBOX -> {
                requireTls(overTls, type);
                if (router.password().isEmpty() || router.access().user().isEmpty()) {
                    fault(type, "a fritzbox needs \"user\" and \"password\"");
                }
            }
            case LINUX, OPENWRT, IPFIRE, MIKROTIK, UNIFI -> {
                if (overTls && type.value() == RouterType.LINUX) {
                    fault(type, "a linux router is reached by local, netns:NAME or ssh://user@host, not by https");
                }
            }
        }
    }

    private void allowed(Entry entry, RouterType type) {
        for (Located<String> word : entry.values("allow", Optional::of)) {
            boolean fits = switch (type) {
                case PFSENSE -> word.value().equals(RouterAccess.Right.COMMAND_PROMPT.word());
                case FRITZBOX -> word.value().equals(RouterAccess.Right.WEB_INTERFACE.word());
                case LINUX, OPNSENSE, OPENWRT, IPFIRE, MIKROTIK, UNIFI -> false;
            };
            if (!fits) {
                fault(word, "\"" + word.value() + "\" means nothing to a router of type " + type.word());
            }
        }
    }

    private void requireTls(boolean overTls, Located<RouterType> type) {
        if (!overTls) {
            fault(
                    type,
                    "a router of type " + type.value().word() + " needs \"via\": https:// and its address, like"
                            + " https://192.168.1.1");
        }
    }

    private void fault(Located<?> located, String message) {
        faults.add(YamlText.at(file, located.mark(), message));
    }
}
