package org.funkstille.discovery.routers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.Addresses;
import org.funkstille.discovery.network.PlainText;

/** Says what a router is, by what it gave away. Pure: what was seen goes in, what it means comes out. */
final class RouterRecognition {

    /** The JSON envelope of pfSense's REST API, also around its refusals. */
    private static final Pattern ENVELOPE = Pattern.compile("\"response_id\"\\s*:\\s*\"[A-Z_]{1,80}\"");

    /** OPNsense's refusal: JSON to those who bring a wrong key, the way to the login page to all others. */
    private static final Pattern REFUSAL = Pattern.compile("\\{\\s*\"status\"\\s*:\\s*40[13]\\b");

    private RouterRecognition() {}

    static FoundRouter of(RouterClues clues) {
        List<String> evidence = new ArrayList<>();
        if (clues.gateway()) {
            evidence.add("this machine's way to the internet leads over " + Addresses.text(clues.address())
                    + clues.mac().map(mac -> ", MAC address " + mac).orElse(""));
        }
        clues.description().ifPresent(description -> evidence.add(description(clues, description)));
        Optional<Fingerprints.Match> page = Fingerprints.of(clues);
        page.ifPresent(match -> evidence.add(match.reason()));
        certificate(clues).ifPresent(shown -> evidence.add("its certificate is for " + shown.subject()));

        Optional<RouterType> type = clues.description()
                .filter(RouterRecognition::isFritzBox)
                .map(description -> RouterType.FRITZBOX)
                .or(() -> page.map(Fingerprints.Match::type));
        boolean restApi = type.equals(Optional.of(RouterType.PFSENSE)) && hasRestApi(clues);
        if (type.isPresent()) {
            evidence.addAll(interfaces(type.get(), clues, restApi));
        } else if (clues.ssh().isPresent()) {
            String banner = PlainText.of(clues.ssh().get(), 80);
            evidence.add("its ssh server says " + banner);
            if (banner.startsWith("SSH-2.0-OpenSSH")) {
                type = Optional.of(RouterType.LINUX);
                evidence.add("nothing tells more; a Linux router is the best guess");
            }
        }
        if (type.isEmpty()) {
            evidence.add("nothing tells what it runs");
        }
        return found(clues, type, evidence, restApi);
    }

    /** What the owner says it is; what was seen only adds to that. */
    static FoundRouter as(RouterType type, RouterClues clues) {
        FoundRouter seen = of(clues);
        if (seen.type().equals(Optional.of(type))) {
            return seen;
        }
        List<String> evidence = new ArrayList<>(List.of("you said that it is " + type.word()));
        evidence.addAll(seen.evidence());
        return found(clues, Optional.of(type), evidence, type == RouterType.PFSENSE && hasRestApi(clues));
    }

    private static FoundRouter found(
            RouterClues clues, Optional<RouterType> type, List<String> evidence, boolean restApi) {
        return new FoundRouter(
                type,
                system(clues, type),
                clues.address(),
                type.flatMap(one -> via(one, clues)),
                type.filter(one -> one != RouterType.LINUX)
                        .flatMap(one -> certificate(clues))
                        .map(ServerCertificate::fingerprint),
                evidence,
                type.map(one -> Needs.of(one, clues.address(), restApi)).orElse(List.of()));
    }

    private static String system(RouterClues clues, Optional<RouterType> type) {
        Optional<String> model = clues.description()
                .map(DeviceDescription::model)
                .filter(text -> !text.isEmpty())
                .filter(text -> type.isEmpty() || type.equals(Optional.of(RouterType.FRITZBOX)));
        return model.orElseGet(() -> type.map(RouterRecognition::title).orElse("unknown"));
    }

    static String title(RouterType type) {
        return switch (type) {
            case LINUX -> "Linux";
            case PFSENSE -> "pfSense";
            case OPNSENSE -> "OPNsense";
            case FRITZBOX -> "FRITZ!Box";
            case OPENWRT -> "OpenWrt";
            case IPFIRE -> "IPFire";
            case MIKROTIK -> "MikroTik RouterOS";
            case UNIFI -> "UniFi";
        };
    }

    private static Optional<String> via(RouterType type, RouterClues clues) {
        String text = Addresses.text(clues.address());
        String host = text.indexOf(':') >= 0 ? "[" + text + "]" : text;
        return switch (type) {
            case LINUX -> Optional.of("ssh://root@" + host);
            case PFSENSE, OPNSENSE, FRITZBOX -> Optional.of("https://" + host);
            case OPENWRT, IPFIRE, MIKROTIK, UNIFI -> Optional.empty();
        };
    }

    private static List<String> interfaces(RouterType type, RouterClues clues, boolean restApi) {
        return switch (type) {
            case PFSENSE ->
                List.of(
                        restApi
                                ? "the REST API package is installed: /api/v2 answers"
                                : "the REST API package is not installed: /api/v2 does not answer");
            case OPNSENSE -> hasCoreApi(clues) ? List.of("its API answers") : List.of("its API does not answer");
            case OPENWRT ->
                clues.ubus().filter(answer -> answer.says("\"jsonrpc\"")).isPresent()
                        ? List.of("its ubus answers")
                        : List.of();
            case LINUX, FRITZBOX, IPFIRE, MIKROTIK, UNIFI -> List.of();
        };
    }

    static boolean hasRestApi(RouterClues clues) {
        return clues.restApi()
                .filter(answer -> ENVELOPE.matcher(answer.body()).find())
                .isPresent();
    }

    static boolean hasCoreApi(RouterClues clues) {
        return clues.coreApi()
                .filter(answer ->
                        answer.status() == 302 || REFUSAL.matcher(answer.body()).find())
                .isPresent();
    }

    /** A FRITZ!Box is driven over two ports; it is named only where both show the same. */
    private static Optional<ServerCertificate> certificate(RouterClues clues) {
        Optional<ServerCertificate> page = clues.page().flatMap(WebAnswer::certificate);
        if (clues.description().filter(RouterRecognition::isFritzBox).isEmpty()) {
            return page;
        }
        return page.isEmpty()
                ? clues.controlCertificate()
                : clues.controlCertificate()
                        .filter(control -> page.filter(control::equals).isPresent());
    }

    private static boolean isFritzBox(DeviceDescription description) {
        return description.manufacturer().startsWith("AVM")
                || description.model().startsWith("FRITZ!");
    }

    private static String description(RouterClues clues, DeviceDescription description) {
        return (clues.announced() ? "it announces itself (SSDP)" : "it says of itself") + ": " + description.model()
                + " of " + description.manufacturer();
    }
}
