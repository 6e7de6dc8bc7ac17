package org.funkstille.core.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.config.Entry.Located;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Router;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code funkstille.yaml}. All faults of a file are reported at once. */
public final class HomeReader {

    private final String file;
    private final Profiles profiles;
    private final List<Fault> faults = new ArrayList<>();

    private HomeReader(String file, Profiles profiles) {
        this.file = file;
        this.profiles = profiles;
    }

    /** @param file its name, for messages */
    public static Reading<Home> read(String file, String text, Profiles profiles) {
        return new HomeReader(file, profiles).read(text);
    }

    private Reading<Home> read(String text) {
        Optional<Node> root = YamlText.parse(file, text, faults);
        root.ifPresent(node -> new ShapeChecker(file, faults).check(node, HomeShape.HOME));
        Optional<Home> home = root.flatMap(Entry::of).map(this::home);
        if (faults.isEmpty() && home.isPresent()) {
            return new Reading.Good<>(home.get());
        }
        faults.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
        return new Reading.Bad<>(faults.stream().distinct().toList());
    }

    private Home home(Entry entry) {
        References references = new References(file, faults);
        List<Router> routers = new ArrayList<>();
        RouterReader routerReader = new RouterReader(file, faults);
        for (Entry one : entry.entries("routers")) {
            routerReader.read(one).ifPresent(routers::add);
            references.unique("router", one);
        }
        List<Network> networks = new ArrayList<>();
        for (Entry one : entry.entries("networks")) {
            network(one).ifPresent(networks::add);
            references.unique("network", one);
        }
        references.networks(entry.entries("networks"), networks);
        DeviceReader deviceReader = new DeviceReader(file, faults, profiles);
        List<Device> devices = new ArrayList<>();
        for (Entry one : entry.entries("devices")) {
            deviceReader.read(one).ifPresent(devices::add);
            references.unique("device", one);
        }
        references.devices(entry.entries("devices"), networks);
        return new Home(
                routers,
                networks,
                devices,
                entry.entry("journal").map(HomeReader::journal).orElse(JournalSettings.DEFAULT),
                entry.flag("strict"));
    }

    private static Optional<Network> network(Entry entry) {
        Optional<String> name = entry.name("name").map(Located::value);
        Optional<String> interfaceName =
                entry.value("interface", HomeShape::interfaceName).map(Located::value);
        if (name.isEmpty() || interfaceName.isEmpty()) {
            return Optional.empty();
        }
        List<Prefix> prefixes = new ArrayList<>();
        entry.value("address", Prefix::tryParse).map(Located::value).ifPresent(prefixes::add);
        entry.values("address6", Prefix::tryParse).stream().map(Located::value).forEach(prefixes::add);
        return Optional.of(new Network(
                name.get(),
                interfaceName.get(),
                prefixes,
                entry.text("vlan")
                        .map(Located::value)
                        .filter(text -> text.matches("[0-9]{1,4}"))
                        .map(Integer::valueOf),
                entry.value("pool", AddressRange::tryParse).map(Located::value),
                entry.values("router", Addresses::tryParse).stream()
                        .map(Located::value)
                        .toList(),
                entry.flag("refuse-ipv6")));
    }

    private static JournalSettings journal(Entry entry) {
        return new JournalSettings(
                entry.value("file", HomeShape::path).map(Located::value).map(Path::of),
                entry.value("keep", Quantities::duration).map(Located::value).orElse(JournalSettings.DEFAULT.keep()),
                entry.value("size", Quantities::bytes).map(Located::value).orElse(JournalSettings.DEFAULT.maxBytes()));
    }
}
