package org.funkstille.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What this machine must have before a lab can be built. */
final class Requirements {

    /** Programs, and the Debian packages that they are in. */
    private static final Map<String, String> PROGRAMS = new TreeMap<>(Map.of(
            "ip",
            "iproute2",
            "nft",
            "nftables",
            "dnsmasq",
            "dnsmasq-base",
            "udhcpc",
            "udhcpc",
            "conntrack",
            "conntrack"));

    /** The JDK looks here, and only once, whether it may use IPv6 at all. */
    private static final Path IPV6 = Path.of("/proc/net/if_inet6");

    private Requirements() {}

    /** @throws IOException that names all that is missing, and what to do */
    static void check() throws IOException {
        List<String> missing = new ArrayList<>();
        if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            missing.add("it needs root, to make network namespaces: start it with sudo");
        }
        PROGRAMS.forEach((program, debianPackage) -> {
            if (!isInstalled(program)) {
                missing.add("the program %s is missing: install the package %s".formatted(program, debianPackage));
            }
        });
        if (!Files.isReadable(IPV6) || Files.readString(IPV6).isEmpty()) {
            missing.add("IPv6 is switched off on this machine: sysctl -w net.ipv6.conf.lo.disable_ipv6=0");
        }
        if (!missing.isEmpty()) {
            throw new IOException("the lab cannot be built here: " + String.join("; ", missing));
        }
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
