package org.funkstille.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.core.config.Configurations.FILE;
import static org.funkstille.core.config.Configurations.messages;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.model.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told with its place, what was expected, and what was probably meant. */
class HomeReaderFaultsTest {

    private static final String MAC = "mac: 78:11:dc:12:34:56";

    @ParameterizedTest(name = "{0}")
    @MethodSource("faulty")
    void read_oneFault_isToldWithItsPlace(String what, String text, String expected) {
        assertThat(messages(text)).as(what).containsExactly(FILE + ":" + expected);
    }

    static Stream<Arguments> faulty() {
        return Stream.of(devices(), networks(), routers(), others()).flatMap(List::stream);
    }

    private static List<Arguments> devices() {
        return List.of(
                device(
                        """
                        name: x
                        %s
                        adress: 192.168.1.5
                        network: lan
                        policy: online""",
                        "8:5: unknown key \"adress\"; expected one of name, mac, address, address6, network, profile, policy,"
                                + " answer, allow, reach; did you mean \"address\"?"),
                device(
                        """
                        name: x
                        %s
                        colour: blue
                        network: lan
                        policy: online""",
                        "8:5: unknown key \"colour\"; expected one of name, mac, address, address6, network, profile, policy,"
                                + " answer, allow, reach"),
                device("""
                        name: x
                        %s
                        network: lan
                        policy: online
                        network: lan""", "10:5: key \"network\" stands here a second time"),
                device("""
                        name: x
                        %s
                        policy: online""", "6:5: a device needs the key \"network\" (the network it lives in)"),
                device("""
                        name: x
                        %s
                        network: lan""", "6:5: a device needs the key \"policy\" (one of silent, allow-list, online)"),
                device("""
                        {%s, network: lan, policy: online}""", "6:5: a device needs the key \"name\" (what you call it)"),
                device("""
                        just a line
                        """, "6:5: \"just a line\" is not what belongs here; expected a device"),
                device("""
                        [%s]""", "6:5: a list is not what belongs here; expected a device"),
                device(
                        """
                        {name: [a, b], %s, network: lan, policy: online}""",
                        "6:12: a list is not what belongs here; expected a name of letters, digits, hyphens and dots"),
                device(
                        """
                        {name: x, %s, network: {a: b}, policy: online}""",
                        "6:48: a section is not what belongs here; expected a name of letters, digits, hyphens and"
                                + " dots"),
                device("""
                        {name: x, %s, network: lan, policy: online, address: }""", "6:77: nothing is not what belongs here; expected an IPv4 address like 192.168.20.50"),
                device(
                        """
                        {name: -x, %s, network: lan, policy: online}""",
                        "6:12: \"-x\" is not what belongs here; expected a name of letters, digits, hyphens and dots"),
                device(
                        """
                        {name: ../x, %s, network: lan, policy: online}""",
                        "6:12: \"../x\" is not what belongs here; expected a name of letters, digits, hyphens and dots"),
                device(
                        """
                        {name: x, mac: 78:11:dc:12:34, network: lan, policy: online}""",
                        "6:20: \"78:11:dc:12:34\" is not what belongs here; expected a MAC address like"
                                + " 78:11:dc:12:34:56"),
                device(
                        """
                        {name: x, mac: "01:00:5e:00:00:32", network: lan, policy: online}""",
                        "6:20: \"01:00:5e:00:00:32\" is not what belongs here; expected a MAC address like"
                                + " 78:11:dc:12:34:56"),
                device(
                        """
                        {name: x, mac: [78:11:dc:12:34:56, ff:ff:ff:ff:ff:ff], network: lan, policy: online}""",
                        "6:40: \"ff:ff:ff:ff:ff:ff\" is not what belongs here; expected a MAC address like"
                                + " 78:11:dc:12:34:56"),
                device("""
                        {name: x, mac: [78:11:dc:12:34:56, 78-11-DC-12-34-56], network: lan, policy: online}""", "6:40: the MAC address 78:11:dc:12:34:56 is already used in line 6"),
                device(
                        """
                        {name: x, mac: [], network: lan, policy: online}""",
                        "6:20: an empty list is not what belongs here; expected a MAC address like"
                                + " 78:11:dc:12:34:56, or a list of such"),
                device("""
                        {name: x, %s, network: lan, policy: online, address: fd00::1}""", "6:78: \"fd00::1\" is not what belongs here; expected an IPv4 address like 192.168.20.50"),
                device(
                        """
                        {name: x, %s, network: lan, policy: online, address: 192.168.1.010}""",
                        "6:78: \"192.168.1.010\" is not what belongs here; expected an IPv4 address like"
                                + " 192.168.20.50"),
                device("""
                        {name: x, %s, network: lan, policy: online, address: 192.168.2.5}""", "6:78: 192.168.2.5 is not in the network lan (192.168.1.0/24)"),
                device("""
                        {name: x, %s, network: lan, policy: online, address6: fd00::1}""", "6:79: fd00::1 is not in the network lan (192.168.1.0/24)"),
                device(
                        """
                        {name: x, %s, network: lan, policy: online, address: 192.168.1.150}""",
                        "6:78: 192.168.1.150 is inside the DHCP pool of lan (192.168.1.100-192.168.1.199); another"
                                + " device could be given it. Pin an address outside the pool"),
                device(
                        """
                        {name: x, %s, network: lna, policy: online}""",
                        "6:48: network \"lna\" is not one of the house; expected one of lan; did you mean \"lan\"?"),
                device("""
                        {name: x, %s, network: internet, policy: online}""", "6:48: network \"internet\" is not one of the house; expected one of lan"),
                device(
                        """
                        {name: x, %s, network: lan, policy: online, profile: lumi.gatway.v3}""",
                        "6:78: profile \"lumi.gatway.v3\" is not known; leave it out, or add a file of that name to"
                                + " the profiles; did you mean \"lumi.gateway.v3\"?"),
                device(
                        """
                        {name: x, %s, network: lan, policy: online, profile: toaster}""",
                        "6:78: profile \"toaster\" is not known; leave it out, or add a file of that name to the"
                                + " profiles"),
                device("""
                        {name: x, %s, network: lan, policy: online, reach: [lamp]}""", "6:77: device \"lamp\" is not known; reach names devices of this file"),
                device("""
                        {name: x, %s, network: lan, policy: online, reach: [x]}""", "6:77: \"x\" has no address of its own, so there is nothing to reach; give it an address"),
                device(
                        """
                        {name: lamp, %s, network: lan, policy: online, reach: lmap}""",
                        "6:79: device \"lmap\" is not known; reach names devices of this file; did you mean"
                                + " \"lamp\"?"),
                device(
                        """
                        {name: x, %s, network: lan, policy: silnet}""",
                        "6:61: \"silnet\" is not known; expected one of silent, allow-list, online; did you mean"
                                + " \"silent\"?"),
                device("""
                        {name: x, %s, network: lan, policy: silent, answer: accept}""", "6:77: \"accept\" is not known; expected one of reject, drop"),
                device("""
                        {name: x, %s, network: lan, policy: silent, answer: rejct}""", "6:77: \"rejct\" is not known; expected one of reject, drop; did you mean \"reject\"?"),
                device("""
                        {name: x, %s, network: lan, policy: silent, allow: 192.0.2.1}""", "6:76: \"allow\" belongs to policy: allow-list, not to silent"),
                device("""
                        {name: x, %s, network: lan, policy: online, allow: [192.0.2.1, 192.0.2.2]}""", "6:77: \"allow\" belongs to policy: allow-list, not to online"),
                device("""
                        {name: x, %s, network: lan, policy: allow-list}""", "6:61: policy allow-list needs \"allow\" with at least one destination"),
                device("""
                        {name: x, %s, network: lan, policy: allow-list, allow: []}""", "6:61: policy allow-list needs \"allow\" with at least one destination"));
    }

    private static Arguments device(String device, String expected) {
        String text = device.replace("%s", MAC);
        return Arguments.of(text.replace("\n", " "), Configurations.withDevice(text), expected);
    }

    private static List<Arguments> networks() {
        return List.of(
                network("""
                        - {name: lan, interface: lan0, address: 192.168.1.0/24, pool: 192.168.2.1-192.168.2.9}
                        """, "3:65: the pool 192.168.2.1-192.168.2.9 is not within the network lan"),
                network("""
                        - {name: lan, interface: lan0, address: 192.168.1.0/24, pool: 192.168.1.200-192.168.2.9}
                        """, "3:65: the pool 192.168.1.200-192.168.2.9 is not within the network lan"),
                network(
                        """
                        - {name: lan, interface: lan0, address: 192.168.1.0/24, pool: 192.168.1.9-192.168.1.1}
                        """,
                        "3:65: \"192.168.1.9-192.168.1.1\" is not what belongs here; expected a range of addresses like"
                                + " 192.168.20.100-192.168.20.199"),
                network(
                        """
                        - {name: lan, interface: lan0, address6: "fd00::/64", pool: "fd00::1-fd00::9"}
                        """,
                        "3:63: \"fd00::1-fd00::9\" is not what belongs here; expected a range of addresses like"
                                + " 192.168.20.100-192.168.20.199"),
                network("""
                        - {name: lan, interface: lan0, address: 192.168.1.0/24}
                        - {name: iot, interface: iot0, address: 192.168.1.128/25}
                        """, "4:12: the networks iot and lan overlap"),
                network("""
                        - {name: lan, interface: lan0, address6: ["fd00::/48"]}
                        - {name: iot, interface: iot0, address6: ["fd01::/64", "fd00:0:0:20::/64"]}
                        """, "4:12: the networks iot and lan overlap"),
                network("""
                        - {name: lan, interface: lan0, address: 192.168.1.0/24}
                        - {name: iot, interface: lan0, address: 192.168.2.0/24}
                        """, "4:28: the interface lan0 is already used in line 3"),
                network("""
                        - {name: lan, interface: lan0, address: 192.168.1.0/24}
                        - {name: lan, interface: lan1, address: 192.168.2.0/24}
                        """, "4:12: the network name lan is already used in line 3"),
                network(
                        """
                        - {name: lan, interface: lan0, address: 192.168.1.0}
                        """,
                        "3:43: \"192.168.1.0\" is not what belongs here; expected an IPv4 network like 192.168.20.0/24"),
                network(
                        """
                        - {name: lan, interface: lan0, address: "fd00::/64"}
                        """,
                        "3:43: \"fd00::/64\" is not what belongs here; expected an IPv4 network like 192.168.20.0/24"),
                network("""
                        - {name: lan, interface: lan0, vlan: 4095}
                        """, "3:40: \"4095\" is not what belongs here; expected a whole number from 1 to 4094"),
                network("""
                        - {name: lan, interface: lan0, vlan: 010}
                        """, "3:40: \"010\" is not what belongs here; expected a whole number from 1 to 4094"),
                network("""
                        - {name: lan, interface: lan0, vlan: 0x10}
                        """, "3:40: \"0x10\" is not what belongs here; expected a whole number from 1 to 4094"),
                network(
                        """
                        - {name: lan, interface: an-interface-that-is-long}
                        """,
                        "3:28: \"an-interface-that-is-long\" is not what belongs here; expected an interface name like"
                                + " iot0, at most 15 characters"),
                network("""
                        - {name: lan}
                        """, "3:5: a network needs the key \"interface\" (the router's interface in it)"));
    }

    private static Arguments network(String networks, String expected) {
        return Arguments.of(networks, Configurations.withNetworks(networks), expected);
    }

    private static List<Arguments> routers() {
        return List.of(
                router(
                        "{name: home, type: pfsens}",
                        "2:24: \"pfsens\" is not known; expected one of linux, pfsense, opnsense, fritzbox, openwrt, ipfire,"
                                + " mikrotik, unifi; did you mean \"pfsense\"?"),
                router(
                        "{name: home, type: Windows}",
                        "2:24: \"Windows\" is not known; expected one of linux, pfsense, opnsense, fritzbox, openwrt, ipfire,"
                                + " mikrotik, unifi"),
                router(
                        "{name: home, type: linux, via: telnet://192.168.1.1}",
                        "2:36: \"telnet://192.168.1.1\" is not what belongs here; expected local, netns:NAME,"
                                + " ssh://user@host or https://host"),
                router(
                        "{name: home, type: pfsense, via: local, key: \"${KEY}\"}",
                        "2:24: a router of type pfsense needs \"via\": https:// and its address, like"
                                + " https://192.168.1.1"),
                router(
                        "{name: home, type: pfsense, via: \"https://192.168.1.1\", user: admin}",
                        "2:24: a pfsense router needs \"key\" (an API key), or \"user\" and \"password\""),
                router(
                        "{name: home, type: opnsense, via: \"https://192.168.1.1\"}",
                        "2:24: an opnsense router needs \"key\": its API key and secret as key:secret"),
                router(
                        "{name: home, type: fritzbox, via: \"https://192.168.1.1\", user: admin}",
                        "2:24: a fritzbox needs \"user\" and \"password\""),
                router(
                        "{name: home, type: linux, via: \"https://192.168.1.1\"}",
                        "2:24: a linux router is reached by local, netns:NAME or ssh://user@host, not by https"),
                router(
                        "{name: home, type: linux, allow: command-prompt}",
                        "2:38: \"command-prompt\" means nothing to a router of type linux"),
                router(
                        "{name: home, type: linux, syslog: \"192.168.1.10\"}",
                        "2:39: \"192.168.1.10\" is not what belongs here; expected an address and a port like"
                                + " 192.168.1.10:5514"),
                router(
                        "{name: home, type: linux, certificate: \"sha1:00\"}",
                        "2:44: \"sha1:00\" is not what belongs here; expected sha256: and the fingerprint of a"
                                + " certificate, 64 hex digits"),
                router(
                        "{name: home, type: linux, via: \"ssh://root@host:99999\"}",
                        "2:36: \"ssh://root@host:99999\" is not what belongs here; expected local, netns:NAME,"
                                + " ssh://user@host or https://host"),
                router(
                        "{name: home, type: linux, via: \"netns:../../etc\"}",
                        "2:36: \"netns:../../etc\" is not what belongs here; expected local, netns:NAME,"
                                + " ssh://user@host or https://host"),
                router(
                        "{name: home, type: linux, dhcp: {hosts: /etc/hosts.d}}",
                        "2:37: the files of the router's dnsmasq needs the key \"leases\" (the file of dhcp-leasefile=)"));
    }

    private static Arguments router(String router, String expected) {
        return Arguments.of(router, Configurations.withRouter(router), expected);
    }

    private static List<Arguments> others() {
        String end = "networks: []\ndevices: []\n";
        return List.of(
                Arguments.of(
                        "no router",
                        "routers: []\n" + end,
                        "1:10: an empty list is not what belongs here; expected a list of at least one"),
                Arguments.of(
                        "networks is missing",
                        "routers: [{name: a, type: linux}]\ndevices: []\n",
                        "1:1: a home: routers, networks and devices needs the key \"networks\" (the networks that the router"
                                + " has a leg in)"),
                Arguments.of("two routers, one name", """
                        routers: [{name: a, type: linux},
                                  {name: a, type: linux}]
                        """ + end, "2:18: the router name a is already used in line 1"),
                Arguments.of(
                        "unknown key at the root",
                        "devises: []\nrouters: [{name: a, type: linux}]\n" + end,
                        "1:1: unknown key \"devises\"; expected one of routers, networks, devices, journal, strict; did you"
                                + " mean \"devices\"?"),
                Arguments.of(
                        "a key that is no text",
                        "[a, b]: c\nrouters: [{name: a, type: linux}]\n" + end,
                        "1:1: unknown key \"\"; expected one of routers, networks, devices, journal, strict"),
                Arguments.of(
                        "merge key",
                        "<<: {strict: true}\nrouters: [{name: a, type: linux}]\n" + end,
                        "1:1: unknown key \"<<\"; expected one of routers, networks, devices, journal, strict"),
                Arguments.of(
                        "strict in quotes",
                        "strict: \"true\"\nrouters: [{name: a, type: linux}]\n" + end,
                        "1:9: \"true\" is not what belongs here; expected true or false"),
                Arguments.of(
                        "keep",
                        "journal: {keep: forever}\nrouters: [{name: a, type: linux}]\n" + end,
                        "1:17: \"forever\" is not what belongs here; expected a duration like 90s, 15m, 24h or 30d"),
                Arguments.of(
                        "size",
                        "journal: {size: 0MB}\nrouters: [{name: a, type: linux}]\n" + end,
                        "1:17: \"0MB\" is not what belongs here; expected a size like 300MB or 2GB"),
                Arguments.of(
                        "journal file with NUL",
                        "journal: {file: \"/a\\0b\"}\nrouters: [{name: a, type: linux}]\n" + end,
                        "1:17: \"/a?b\" is not what belongs here; expected a path"),
                Arguments.of("empty", "", "1:1: the file is empty"),
                Arguments.of("comments only", "# nothing\n\n", "1:1: the file is empty"),
                Arguments.of(
                        "an empty document",
                        "---\n",
                        "2:1: nothing is not what belongs here; expected a home: routers, networks and devices"),
                Arguments.of(
                        "a list at the root",
                        "- routers\n",
                        "1:1: a list is not what belongs here; expected a home: routers, networks and devices"),
                Arguments.of(
                        "a word at the root",
                        "hello\n",
                        "1:1: \"hello\" is not what belongs here; expected a home: routers, networks and devices"),
                Arguments.of(
                        "several documents",
                        Configurations.EXAMPLE + "---\nrouters: []\n",
                        "21:1: a second document begins here; a configuration is a single one"),
                Arguments.of(
                        "an alias",
                        "routers: &a []\nnetworks: *a\n",
                        "2:11: \"*a\" refers to an anchor; write the value out instead"),
                Arguments.of(
                        "an alias to nothing",
                        "networks: *nobody\n",
                        "1:11: \"*nobody\" refers to an anchor; write the value out instead"),
                Arguments.of(
                        "an anchor loop",
                        "routers: &a\n  - *a\n",
                        "2:5: \"*a\" refers to an anchor; write the value out instead"),
                Arguments.of(
                        "tabs",
                        "routers:\n\t- name: a\n",
                        "2:1: not readable as YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
                                + " \\t(TAB) for indentation)"),
                Arguments.of(
                        "NUL",
                        "routers: []\nnet\0works: []\n",
                        "2:4: the character U+0000 does not belong into a text file"),
                Arguments.of("escape", "# \u001b[31m\n", "1:3: the character U+001B does not belong into a text file"),
                Arguments.of(
                        "unclosed",
                        "routers: [\n",
                        "2:1: not readable as YAML: expected the node content, but found '<stream end>'"));
    }

    @Test
    void read_sameMacInTwoNotations_isToldWithBothLines() {
        assertThat(messages(Configurations.withDevice("""
                        {name: a, mac: 78:11:dc:12:34:56, network: lan, policy: online}
                        """)
                        + "  - {name: b, mac: 7811DC123456, network: lan, policy: online}\n"))
                .containsExactly(FILE + ":7:20: the MAC address 78:11:dc:12:34:56 is already used in line 6");
    }

    @Test
    void read_twoDevicesWithOneAddress_isToldWithBothLines() {
        assertThat(messages(Configurations.withDevice("""
                        {name: a, mac: "02:00:00:00:00:01", network: lan, policy: online, address: 192.168.1.5}
                        """)
                        + "  - {name: b, mac: \"02:00:00:00:00:02\", network: lan, policy: online,"
                        + " address: 192.168.1.5}\n"))
                .containsExactly(FILE + ":7:80: the address 192.168.1.5 is already used in line 6");
    }

    @Test
    void read_twoDevicesWithOneAddress6InOtherNotation_isTold() {
        assertThat(messages("""
                        routers: [{name: home, type: linux}]
                        networks: [{name: lan, interface: lan0, address6: "fd00::/64"}]
                        devices:
                          - {name: a, mac: "02:00:00:00:00:01", network: lan, policy: online, address6: "fd00::1"}
                          - {name: b, mac: "02:00:00:00:00:02", network: lan, policy: online, address6: ["FD00:0::1"]}
                        """)).containsExactly(FILE + ":5:82: the address fd00::1 is already used in line 4");
    }

    @Test
    void read_twoDevicesWithOneName_isToldWithBothLines() {
        assertThat(messages(Configurations.withDevice("""
                        {name: a, mac: "02:00:00:00:00:01", network: lan, policy: online}
                        """)
                        + "  - {name: a, mac: \"02:00:00:00:00:02\", network: lan, policy: online}\n"))
                .containsExactly(FILE + ":7:12: the device name a is already used in line 6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: home, type: linux, password: hunter2}",
                "{name: home, type: linux, password: \"${hunter2\"}",
                "{name: home, type: linux, password: $hunter2}",
                "{name: home, type: linux, password: [hunter2]}",
                "{name: home, type: linux, password: \"${A}hunter2\"}",
                "{name: home, type: linux, via: \"ssh://root:hunter2@host\"}",
                "{name: home, type: linux, via: \"SSH://root:hunter2@host\"}",
                "{name: home, type: linux, via: \"ssh://root:hun/ter2@host\"}",
                "{name: home, type: linux, via: \"ssh://root:p@hunter2@host\"}",
                "{name: home, type: linux, via: \"ssh://:hunter2@host\"}",
                "{name: home, type: linux, via: \"ssh://root:hunter2\\n@host\"}",
                "{name: home, type: linux, via: \"https://admin:hunter2@192.168.1.1\"}",
                "{name: home, type: linux, via: \" ssh://admin:hunter2@192.168.1.1\"}",
                "{name: home, type: \"ssh://admin:hunter2@192.168.1.1\"}",
                "{name: \"ssh://admin:hunter2@192.168.1.1\", type: linux}",
                "{name: home, type: linux, root: \"jdbc:postgresql://me:hunter2@host/db\"}"
            })
    void read_secretInTheClear_isRefusedWithoutRepeatingIt(String router) {
        List<String> faults = messages(Configurations.withRouter(router));

        assertThat(faults)
                .hasSize(1)
                .allSatisfy(fault -> assertThat(fault).startsWith(FILE + ":2:").doesNotContain("hunter2", "ter2@"));
    }

    @Test
    void read_passwordInTheClear_saysWhatToWriteInstead() {
        assertThat(messages(Configurations.withRouter("{name: home, type: linux, password: hunter2}")))
                .containsExactly(FILE + ":2:41: a secret stands in the clear; expected a secret by reference:"
                        + " ${ENV_NAME}, or {secret: FILE} with a file of mode 0600");
        assertThat(messages(Configurations.withRouter("{name: home, type: linux, via: \"ssh://a:hunter2@host\"}")))
                .containsExactly(FILE + ":2:36: a password stands in the clear; use password: ${ENV_NAME} or"
                        + " {secret: FILE}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.com",
                "tcp www.example.com:443",
                "192.0.2.1:443",
                "tcp 192.0.2.1:0",
                "tcp 192.0.2.1:65536",
                "icmp 192.0.2.1:8",
                "gre 192.0.2.1",
                "TCP 192.0.2.1:1",
                "tcp 2001:db8::1:443:x",
                "tcp [192.0.2.1",
                "192.0.2.0/33",
                "tcp 10.1:443",
                "tcp ",
                "*",
                "192.0.2.1, 192.0.2.2"
            })
    void read_badDestination_isTold(String destination) {
        assertThat(messages(Configurations.withDevice("""
                        {name: x, mac: 78:11:dc:12:34:56, network: lan, policy: allow-list, allow: ["%s"]}
                        """.formatted(destination))))
                .containsExactly(
                        FILE + ":6:81: \"" + destination + "\" is not what belongs here; expected a destination like"
                                + " 198.51.100.10, 198.51.100.0/24, tcp 198.51.100.10:443 or udp [2001:db8::1]:8053");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name", "network", "profile", "policy", "reach", "answer", "mac", "address", "allow", "colour\\e"
            })
    void read_controlCharactersInAValue_neverReachTheTerminal(String key) {
        String text = Configurations.withDevice(
                "{\"" + key + "\": \"\\e[31m\\0\\a\\n\\u202e\\x9b2J\\u2028\", mac: \"02:00:00:00:00:01\"}");

        assertThat(messages(text))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.codePoints())
                        .as(fault)
                        .noneMatch(point -> Character.isISOControl(point)
                                || Character.getType(point) == Character.FORMAT
                                || point == 0x2028));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lan\\e[31m", "a\\0b", "a b", "a/b", ""})
    void read_badInterfaceName_isToldOnce(String name) {
        assertThat(messages(Configurations.withNetworks("- {name: lan, interface: \"" + name + "\"}\n"
                        + "- {name: iot, interface: \"" + name + "\"}\n")))
                .hasSize(2)
                .allSatisfy(fault ->
                        assertThat(fault).contains("expected an interface name").doesNotContain("\u001b", "\0"));
    }

    @Test
    void read_longValue_isShortened() {
        List<String> faults = messages(Configurations.withDevice("{name: \"" + "x".repeat(100_000)
                + "\", mac: \"02:00:00:00:00:01\", network: lan, policy: online, profile: " + "y".repeat(100_000)
                + "}"));

        assertThat(faults)
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.length()).isLessThan(250));
    }

    @Test
    void read_tenMegabytes_areRefusedAtOnce() {
        String text = "# much\n".repeat(1_500_000);

        assertThat(messages(text))
                .containsExactly(FILE + ":1:1: the file has " + text.length()
                        + " characters; a configuration has at most 4194304");
    }

    @Test
    void read_yamlBomb_isRefusedBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int level = 1; level < 30; level++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ", ").repeat(9)));
        }

        assertThat(messages(bomb.toString()))
                .containsExactly(FILE + ":2:10: \"*a0\" refers to an anchor; write the value out instead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void read_deepNesting_isRefusedAtItsPlace(String level) {
        long began = System.nanoTime();
        List<Fault> faults = Configurations.bad("x: \n  " + level.repeat(10_000));

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().line()).isEqualTo(2);
        assertThat(faults.getFirst().message())
                .isEqualTo("more than 20 sections and lists within each other; a configuration has fewer");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void read_aHundredFaults_areAllToldInTheOrderOfTheFile() {
        StringBuilder text = new StringBuilder("""
                routers: [{name: home, type: linux}]
                networks: [{name: lan, interface: lan0, address: 192.168.1.0/24}]
                devices:
                """);
        for (int number = 0; number < 25; number++) {
            text.append("""
                      - name: d%d
                        mac: nonsense
                        colour: blue
                        network: nowhere
                        policy: loud
                    """.formatted(number));
        }

        List<Fault> faults = Configurations.bad(text.toString());

        assertThat(faults).hasSize(100);
        assertThat(faults.stream().map(Fault::line)).isSorted().doesNotHaveDuplicates();
        assertThat(faults).allSatisfy(fault -> assertThat(fault.column()).isIn(5, 10, 14, 13));
    }

    @Test
    void read_severalFaultsInOneLine_areToldFromLeftToRight() {
        assertThat(Configurations.bad(Configurations.withDevice(
                                "{name: x, mac: nonsense, network: nowhere, policy: loud, colour: blue}"))
                        .stream()
                        .map(Fault::column))
                .containsExactly(20, 39, 56, 62);
    }

    @Test
    void toString_fault_isOneLineForPeople() {
        assertThat(new Fault("f.yaml", 12, 9, "unknown key \"adress\"", Optional.of("address")))
                .hasToString("f.yaml:12:9: unknown key \"adress\"; did you mean \"address\"?");
        assertThat(new Fault("f.yaml", 1, 1, "the file is empty", Optional.empty()))
                .hasToString("f.yaml:1:1: the file is empty");
    }

    @Test
    void read_anyMutilationOfTheExample_neverThrowsAndAlwaysSaysWhere() {
        String text = Configurations.EXAMPLE;
        String[] pieces = {"", "\0", "\t", "[", "}", "&a ", "*a", "\"", ": ", "- ", "!!int ", "\n", "|", "\u2028", "%"};
        for (int position = 0; position < text.length(); position += 3) {
            String piece = pieces[position / 3 % pieces.length];
            String mutilated = text.substring(0, position) + piece + text.substring(position + 1);
            Reading<Home> reading = HomeReader.read(FILE, mutilated, Configurations.PROFILES);
            if (reading instanceof Reading.Bad<Home>(List<Fault> faults)) {
                assertThat(faults).isNotEmpty().allSatisfy(fault -> {
                    assertThat(fault.line()).isBetween(1, 30);
                    assertThat(fault.column()).isBetween(1, 120);
                    assertThat(fault.message()).isNotBlank();
                });
            }
        }
    }
}
