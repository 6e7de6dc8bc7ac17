package org.funkstille.discovery.draft;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.model.RouterType;
import org.funkstille.discovery.devices.FoundDevice;
import org.funkstille.discovery.routers.FoundRouter;

/**
 * What was found, as the text of a {@code funkstille.yaml} with the reasons as comments. It is read without faults,
 * whatever names devices and routers gave themselves, and has no secret in it.
 *
 * @param routers the first that can be driven is used; the others are commented out
 * @param ownAddress this machine's address towards the router
 * @param devices recognised ones are silent; the others are commented out
 */
public record HomeDraft(
        List<FoundRouter> routers,
        RouterDetails details,
        Optional<InetAddress> ownAddress,
        List<DraftNetwork> networks,
        List<FoundDevice> devices,
        Profiles profiles) {

    /** More would make a file that nobody reads. */
    private static final int MOST_UNDECIDED = 500;

    public HomeDraft {
        routers = List.copyOf(routers);
        networks = List.copyOf(networks);
        devices = List.copyOf(devices);
    }

    /** The router that the draft is for. */
    public Optional<FoundRouter> router() {
        return routers.stream()
                .filter(FoundRouter::driven)
                .findFirst()
                .or(() -> routers.stream().findFirst());
    }

    public HomeDraft with(List<DraftNetwork> newNetworks, List<FoundDevice> newDevices) {
        return new HomeDraft(routers, details, ownAddress, newNetworks, newDevices, profiles);
    }

    public String text() {
        Yaml out = Yaml.text();
        out.comment("", "Drafted by funkstille init. Look through it, then: funkstille plan");
        out.comment("", "Comments say why something stands here. docs/manual.md explains every key.");
        writeRouters(out.blank());
        writeNetworks(out.blank());
        writeDevices(out.blank());
        return out.toString();
    }

    private void writeRouters(Yaml out) {
        DraftNames names = new DraftNames();
        RouterDraft draft = new RouterDraft(details, ownAddress);
        out.line("routers:");
        Optional<FoundRouter> used = router();
        if (used.isEmpty()) {
            out.comment("  ", "No router was found. Say here what it is, and how to get at it.");
            out.line("  - {name: home, type: linux, via: local}");
            return;
        }
        draft.write(out, used.get(), names.unique(nameOf(used.get())));
        for (FoundRouter other : routers) {
            if (!other.equals(used.get())) {
                Yaml comment = Yaml.commentedOut();
                draft.write(comment, other, names.unique(nameOf(other)));
                out.blank().comment("  ", "Found as well:").add(comment);
            }
        }
    }

    private static String nameOf(FoundRouter router) {
        return router.type()
                .filter(type -> type != RouterType.LINUX)
                .map(RouterType::word)
                .orElse("router");
    }

    private void writeNetworks(Yaml out) {
        boolean byAddress = router().flatMap(FoundRouter::type)
                .filter(RouterDraft::overNetwork)
                .isPresent();
        out.line(networks.isEmpty() ? "networks: []" : "networks:");
        if (networks.isEmpty()) {
            out.comment("  ", "- {name: lan, interface: lan0, address: 192.168.1.0/24}");
        }
        for (DraftNetwork network : networks) {
            if (network.guessed()) {
                out.comment("  ", "interface: the router's own name for its interface in this network");
            } else if (network.ipv4().isEmpty()) {
                out.comment("  ", "no address: the way to the internet");
            }
            out.line("  - name: " + Yaml.value(network.name()));
            out.line("    interface: " + Yaml.value(network.interfaceName()));
            network.ipv4().ifPresent(prefix -> out.line("    address: " + prefix));
            if (!network.ipv6().isEmpty()) {
                out.line("    address6: ["
                        + String.join(
                                ", ",
                                network.ipv6().stream()
                                        .map(prefix -> '"' + prefix.toString() + '"')
                                        .toList())
                        + "]");
            }
            network.pool().ifPresent(pool -> out.line("    pool: " + pool));
            if (network.ipv4().isPresent() && network.pool().isEmpty()) {
                out.comment("    ", "pool: FIRST-LAST, the addresses that DHCP gives to anyone; pin others");
            }
            if (byAddress && network.ipv4().isPresent()) {
                out.comment(
                        "    ",
                        "This router knows devices by address only, and they choose IPv6 addresses"
                                + " themselves. The next line refuses IPv6 to this whole network.");
                out.line("    # refuse-ipv6: true");
            }
        }
    }

    private void writeDevices(Yaml out) {
        Set<InetAddress> taken = new HashSet<>();
        devices.forEach(device -> taken.addAll(device.addresses()));
        routers.forEach(router -> taken.add(router.address()));
        ownAddress.ifPresent(taken::add);
        DeviceDraft draft = new DeviceDraft(networks, profiles, new DraftNames(), new DraftAddresses(taken));
        List<FoundDevice> silent = devices.stream().filter(draft::canBeSilent).toList();
        List<FoundDevice> undecided = devices.stream()
                .filter(device -> !draft.canBeSilent(device))
                .limit(MOST_UNDECIDED)
                .toList();
        out.line(silent.isEmpty() ? "devices: []" : "devices:");
        silent.forEach(device -> draft.silent(out, device));
        if (!undecided.isEmpty()) {
            out.blank()
                    .comment(
                            "  ",
                            "Not recognised. Take the # away from those that Funkstille shall look after"
                                    + (silent.isEmpty() ? ", and the [] above" : "") + ":");
            undecided.forEach(device -> draft.undecided(out, device));
        }
    }

    /** What its owner has to do before the router can be driven, a step each. */
    public List<String> nextSteps() {
        return router().filter(router -> !router.needs().isEmpty())
                .map(FoundRouter::needs)
                .orElse(List.of("Say which router it is: in the file, or with --gateway ADDRESS and --type TYPE."));
    }
}
