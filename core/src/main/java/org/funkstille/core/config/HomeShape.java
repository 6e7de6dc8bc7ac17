package org.funkstille.core.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.config.Shape.Choice;
import org.funkstille.core.config.Shape.Flag;
import org.funkstille.core.config.Shape.Many;
import org.funkstille.core.config.Shape.SecretReference;
import org.funkstille.core.config.Shape.Section;
import org.funkstille.core.config.Shape.Text;
import org.funkstille.core.config.Shape.Whole;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.ServiceAddress;

/** The shape of {@code funkstille.yaml} and of a profile. */
final class HomeShape {

    /** Marks, file names and chain comments carry names, so they keep to what all of those allow. */
    private static final String NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    /** Nobody writes these on purpose, terminals obey some of them, and a path with a NUL is none. */
    private static final String CONTROL = "\\u0000-\\u001f\\u007f-\\u009f";

    private static final Text NAME = pattern("a name of letters, digits, hyphens and dots", NAME_PATTERN);
    private static final Text INTERFACE =
            pattern("an interface name like iot0, at most 15 characters", "[^\\s/\"" + CONTROL + "]{1,15}");
    private static final Text MAC = new Text(
            "a MAC address like 78:11:dc:12:34:56",
            "[0-9A-Fa-f]{2}([:-]?[0-9A-Fa-f]{2}){5}",
            text -> Mac.tryParse(text).filter(mac -> !mac.isGroup()).isPresent());
    private static final Text ADDRESS4 = new Text(
            "an IPv4 address like 192.168.20.50",
            "[0-9]{1,3}(\\.[0-9]{1,3}){3}",
            text -> address4(text).isPresent());
    private static final Text ADDRESS6 = new Text(
            "an IPv6 address like fd00:20::50",
            "[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}",
            text -> address6(text).isPresent());
    private static final Text ADDRESS = new Text(
            "an address like 192.168.20.1 or fd00:20::1",
            "[0-9A-Fa-f:.]{2,45}",
            text -> Addresses.tryParse(text).isPresent());
    private static final Text PREFIX4 = new Text(
            "an IPv4 network like 192.168.20.0/24",
            "[0-9.]{7,15}/[0-9]{1,2}",
            text -> Prefix.tryParse(text)
                    .filter(found -> found.family() == Family.IPV4)
                    .isPresent());
    private static final Text PREFIX6 = new Text(
            "an IPv6 network like fd00:20::/64",
            "[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}/[0-9]{1,3}",
            text -> Prefix.tryParse(text)
                    .filter(found -> found.family() == Family.IPV6)
                    .isPresent());
    private static final Text POOL = new Text(
            "a range of addresses like 192.168.20.100-192.168.20.199",
            "[0-9.]{7,15}\\s*-\\s*[0-9.]{7,15}",
            text -> AddressRange.tryParse(text)
                    .filter(range -> Family.of(range.first()) == Family.IPV4)
                    .isPresent());
    private static final Text VIA = new Text(
            "local, netns:NAME, ssh://user@host or https://host",
            "local|netns:.+|ssh://.+|https://.+",
            text -> Vias.tryParse(text).isPresent());
    private static final Text DESTINATION = new Text(
            "a destination like 198.51.100.10, 198.51.100.0/24, tcp 198.51.100.10:443 or udp [2001:db8::1]:8053",
            ".+",
            text -> Destinations.tryParse(text).isPresent());
    private static final Text NAMESPACE =
            pattern("the name of a network namespace", "[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final Text DURATION = new Text(
            "a duration like 90s, 15m, 24h or 30d",
            "[0-9]{1,6}\\s*[smhd]",
            text -> Quantities.duration(text).isPresent());
    private static final Text SIZE = new Text(
            "a size like 300MB or 2GB",
            "[0-9]{1,6}\\s*([kK]|[mM]|[gG])[bB]",
            text -> Quantities.bytes(text).isPresent());
    static final Text PATH = pattern("a path", "[^\\s" + CONTROL + "]([^" + CONTROL + "]*[^\\s" + CONTROL + "])?");
    private static final Text LINE = pattern("a line of text", "[^" + CONTROL + "]{1,400}");

    static final Choice ANSWER = new Choice(List.of("reject", "drop"));

    private static final Section DHCP = new Section(
            "the files of the router's dnsmasq",
            List.of(
                    required("hosts", PATH, "the directory of dhcp-hostsdir="),
                    required("leases", PATH, "the file of dhcp-leasefile=")));

    private static final Text SERVICE = new Text(
            "an address and a port like 192.168.1.10:5514",
            "[0-9A-Fa-f:.\\[\\]]{3,60}",
            text -> ServiceAddress.tryParse(text).isPresent());
    private static final Text FINGERPRINT =
            pattern("sha256: and the fingerprint of a certificate, 64 hex digits", "sha256:[0-9A-Fa-f]{64}");
    private static final Text TARGET = new Text(
            "one address with protocol and port, like tcp 198.51.100.10:443",
            ".+",
            text -> Destinations.endpoint(text).isPresent());

    private static final Section PROBE = new Section(
            "a host that Funkstille plays itself",
            List.of(
                    required("interface", INTERFACE, "this machine's interface towards the router"),
                    required("mac", MAC, "a hardware address that nobody has"),
                    required("address", ADDRESS4, "an address that nobody has"),
                    required("to", new Many(TARGET, true, 1), "where it knocks, like tcp 198.51.100.10:443")));

    private static final Section ROUTER = new Section(
            "a router",
            List.of(
                    required("name", NAME, "what you call it"),
                    required(
                            "type",
                            new Choice(Arrays.stream(RouterType.values())
                                    .map(RouterType::word)
                                    .toList()),
                            "the router system"),
                    optional("via", VIA, "how to get at it: local, netns:NAME, ssh://user@host or https://host"),
                    optional("password", new SecretReference(), "where the router takes no key"),
                    optional("user", LINE, "who logs in with that password"),
                    optional("key", new SecretReference(), "pfsense: an API key; opnsense: key:secret"),
                    optional("certificate", FINGERPRINT, "its certificate; pinned on first use if left out"),
                    optional(
                            "allow",
                            new Many(
                                    new Choice(Arrays.stream(RouterAccess.Right.values())
                                            .map(RouterAccess.Right::word)
                                            .toList()),
                                    true),
                            "what goes beyond its ordinary interface: command-prompt (pfsense), web-interface"
                                    + " (fritzbox)"),
                    optional("syslog", SERVICE, "where this machine listens for the router's filter log"),
                    optional("namespace", NAMESPACE, "the network namespace from which the router is reached"),
                    optional("probe", PROBE, "fritzbox: a host to see with whether a lock holds"),
                    optional("root", PATH, "where the router's files are, if not under /"),
                    optional(
                            "services",
                            new Flag(),
                            "false: it offers devices nothing but DHCP, so what its rules let in is no way out"),
                    optional("dhcp", DHCP, "where its DHCP server keeps reservations and leases; found if left out")));

    private static final Section NETWORK = new Section(
            "a network",
            List.of(
                    required("name", NAME, "what you call it"),
                    required("interface", INTERFACE, "the router's interface in it"),
                    optional("address", PREFIX4, "its IPv4 network; leave it out for the way to the internet"),
                    optional("address6", new Many(PREFIX6, true), "its IPv6 networks"),
                    optional(
                            "router",
                            new Many(ADDRESS, true),
                            "the router's own addresses in it, where they are not the first or the last"),
                    optional(
                            "refuse-ipv6",
                            new Flag(),
                            "true: nobody in it leaves it over IPv6; for routers that know devices by address only"),
                    optional("pool", POOL, "the addresses that DHCP gives to anyone"),
                    optional("vlan", new Whole(1, 4094), "its 802.1Q id")));

    private static final Section DEVICE = new Section(
            "a device",
            List.of(
                    required("name", NAME, "what you call it"),
                    required("mac", new Many(MAC, true, 1), "its hardware address, or several"),
                    optional("address", ADDRESS4, "the address that it is always to have"),
                    optional("address6", new Many(ADDRESS6, true), "IPv6 addresses that you gave it by hand"),
                    required("network", NAME, "the network it lives in"),
                    optional("profile", NAME, "its model, like lumi.gateway.v3"),
                    required(
                            "policy",
                            new Choice(List.of("silent", "allow-list", "online")),
                            "silent: nothing leaves the house; allow-list: only what allow names; online: the internet,"
                                    + " but no other network of the house"),
                    optional("answer", ANSWER, "what refused packets get; the profile knows what harms least"),
                    optional("allow", new Many(DESTINATION, true), "for allow-list: the destinations that stay open"),
                    optional("reach", new Many(NAME, true), "devices in other networks that it may talk to")));

    private static final Section JOURNAL = new Section(
            "the journal's settings",
            List.of(
                    optional("file", PATH, "the database file"),
                    optional("keep", DURATION, "how long single attempts are kept; sums by hour stay"),
                    optional("size", SIZE, "the largest size of the file")));

    static final Section HOME = new Section(
            "a home: routers, networks and devices",
            List.of(
                    required("routers", new Many(ROUTER, false, 1), "the systems that Funkstille drives"),
                    required("networks", new Many(NETWORK, false), "the networks that the router has a leg in"),
                    required("devices", new Many(DEVICE, false), "the things on the network"),
                    optional("journal", JOURNAL, "where what happened is kept, and how much of it"),
                    optional("strict", new Flag(), "true counts residual ways as leaks")));

    static final Section PROFILE = new Section(
            "a device model",
            List.of(
                    required("model", NAME, "the vendor's model id"),
                    required("title", LINE, "what people call it"),
                    required("answer", ANSWER, "the answer to refused packets that harms it least"),
                    optional("echo", new Flag(), "true where it wants the router to answer its pings"),
                    optional("phones-home", new Many(LINE, false), "where it is known to phone"),
                    optional("advice", new Many(LINE, false), "what its owner should know before silencing it"),
                    required("sources", new Many(LINE, false), "where these facts come from")));

    private HomeShape() {}

    /** The text itself where it may be a name; a message may then repeat it. */
    static Optional<String> name(String text) {
        return Optional.of(text).filter(NAME.test());
    }

    static Optional<InetAddress> address4(String text) {
        return Addresses.tryParse(text).filter(found -> Family.of(found) == Family.IPV4);
    }

    static Optional<InetAddress> address6(String text) {
        return Addresses.tryParse(text).filter(found -> Family.of(found) == Family.IPV6);
    }

    static Optional<String> interfaceName(String text) {
        return Optional.of(text).filter(INTERFACE.test());
    }

    static Optional<String> path(String text) {
        return Optional.of(text).filter(PATH.test());
    }

    private static Text pattern(String expected, String pattern) {
        return new Text(expected, pattern, text -> text.matches(pattern));
    }

    private static Shape.Key required(String name, Shape shape, String description) {
        return new Shape.Key(name, shape, true, description);
    }

    private static Shape.Key optional(String name, Shape shape, String description) {
        return new Shape.Key(name, shape, false, description);
    }
}
