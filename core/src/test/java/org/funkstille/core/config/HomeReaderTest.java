package org.funkstille.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Secret;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is well-formed is read into exactly what was written. */
class HomeReaderTest {

    @Test
    void read_routerWithoutAWayIn_isEnoughForTheProof() {
        String text = Configurations.withRouter("{name: home, type: opnsense}");

        assertThat(HomeReader.read("funkstille.yaml", text, new Profiles(List.of(), model -> Optional.empty())))
                .isInstanceOf(Reading.Good.class);
    }

    @Test
    void read_theDesignsExample_hasExactlyItsValues() {
        Home expected = new Home(
                List.of(new Router("home", RouterType.LINUX, new Via.Local(), Optional.empty(), "/", Optional.empty())),
                List.of(
                        new Network(
                                "lan",
                                "lan0",
                                List.of(Prefix.parse("192.168.1.0/24")),
                                Optional.empty(),
                                Optional.empty()),
                        new Network(
                                "iot",
                                "iot0",
                                List.of(Prefix.parse("192.168.20.0/24"), Prefix.parse("fd00:20::/64")),
                                Optional.of(20),
                                Optional.empty()),
                        new Network("internet", "wan0", List.of(), Optional.empty(), Optional.empty())),
                List.of(
                        new Device(
                                "aqara-gateway",
                                List.of(Mac.parse("78:11:dc:12:34:56")),
                                Optional.of(Addresses.parse("192.168.20.50")),
                                List.of(),
                                "iot",
                                Optional.of(Configurations.GATEWAY),
                                new Policy.Silent(Answer.REJECT),
                                List.of("hub")),
                        new Device(
                                "vacuum",
                                List.of(Mac.parse("b0:4a:39:00:00:01")),
                                Optional.empty(),
                                List.of(),
                                "iot",
                                Optional.empty(),
                                new Policy.Online(),
                                List.of()),
                        new Device(
                                "hub",
                                List.of(Mac.parse("02:00:00:00:00:10")),
                                Optional.of(Addresses.parse("192.168.1.10")),
                                List.of(),
                                "lan",
                                Optional.empty(),
                                new Policy.Online(),
                                List.of())),
                JournalSettings.DEFAULT,
                false);

        assertThat(Configurations.good(Configurations.EXAMPLE)).isEqualTo(expected);
    }

    @Test
    void read_everythingThereIs_hasExactlyItsValues() {
        Home home = Configurations.good("""
                routers:
                  - name: attic
                    type: openwrt
                    via: ssh://admin@[fd00::1]:2222
                    password: ${ROUTER_PASSWORD}
                    root: /srv/router
                    dhcp: {hosts: /etc/dnsmasq/hosts.d, leases: /var/lib/leases}
                networks:
                  - name: iot
                    interface: br-iot.20
                    address: 192.168.20.1/24
                    address6: fd00:20::1/64
                    pool: 192.168.20.100 - 192.168.20.199
                    vlan: 4094
                devices:
                  - name: lamp
                    mac: [78-11-DC-12-34-56, 7811dc123457]
                    address: 192.168.20.99
                    address6: [fd00:20::50, "fd00:20::51"]
                    network: iot
                    policy: allow-list
                    answer: drop
                    allow:
                      - tcp 198.51.100.10:443
                      - 198.51.100.0/24
                      - udp [2001:db8::1]:8053
                journal: {file: /var/lib/x.db, keep: 7d, size: 2 GB}
                strict: yes
                """);

        assertThat(home.routers())
                .containsExactly(new Router(
                        "attic",
                        RouterType.OPENWRT,
                        new Via.Ssh("admin", "[fd00::1]", 2222),
                        Optional.of(new Secret.Environment("ROUTER_PASSWORD")),
                        "/srv/router",
                        Optional.of(new Router.DhcpFiles("/etc/dnsmasq/hosts.d", "/var/lib/leases"))));
        assertThat(home.networks())
                .containsExactly(new Network(
                        "iot",
                        "br-iot.20",
                        List.of(Prefix.parse("192.168.20.0/24"), Prefix.parse("fd00:20::/64")),
                        Optional.of(4094),
                        AddressRange.tryParse("192.168.20.100-192.168.20.199")));
        assertThat(home.devices())
                .containsExactly(new Device(
                        "lamp",
                        List.of(Mac.parse("78:11:dc:12:34:56"), Mac.parse("78:11:dc:12:34:57")),
                        Optional.of(Addresses.parse("192.168.20.99")),
                        List.of(Addresses.parse("fd00:20::50"), Addresses.parse("fd00:20::51")),
                        "iot",
                        Optional.empty(),
                        new Policy.AllowList(
                                Answer.DROP,
                                List.of(
                                        new Destination(
                                                Prefix.parse("198.51.100.10/32"),
                                                Optional.of(Protocol.TCP),
                                                Optional.of(443)),
                                        new Destination(
                                                Prefix.parse("198.51.100.0/24"), Optional.empty(), Optional.empty()),
                                        new Destination(
                                                Prefix.parse("2001:db8::1/128"),
                                                Optional.of(Protocol.UDP),
                                                Optional.of(8053)))),
                        List.of()));
        assertThat(home.journal())
                .isEqualTo(new JournalSettings(
                        Optional.of(Path.of("/var/lib/x.db")), Duration.ofDays(7), 2L * 1024 * 1024 * 1024));
        assertThat(home.strict()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', REJECT",
        "'profile: lumi.gateway.v3', DROP",
        "'answer: drop', DROP",
        "'profile: lumi.gateway.v3, answer: reject', REJECT"
    })
    void read_answer_isTheOwnersThenTheProfilesThenReject(String keys, Answer expected) {
        Home home = Configurations.good(
                Configurations.withDevice("{name: x, mac: 78:11:dc:12:34:56, network: lan, policy: silent"
                        + (keys.isEmpty() ? "" : ", ") + keys + "}"));

        assertThat(home.devices().getFirst().policy()).isEqualTo(new Policy.Silent(expected));
    }

    @Test
    void read_secretByFile_isTheFilesName() {
        Home home = Configurations.good(
                Configurations.withRouter("{name: home, type: linux, password: {secret: /etc/funkstille/password}}"));

        assertThat(home.routers().getFirst().password()).contains(new Secret.File("/etc/funkstille/password"));
    }

    @ParameterizedTest
    @CsvSource({
        "local, local",
        "netns:funkstille-demo-router, netns:funkstille-demo-router",
        "ssh://192.168.1.1, ssh://root@192.168.1.1",
        "ssh://root@router.home/, ssh://root@router.home",
        "ssh://a.b_c-d@10.0.0.1:22, ssh://a.b_c-d@10.0.0.1",
        "ssh://x@10.0.0.1:65535, ssh://x@10.0.0.1:65535"
    })
    void read_via_isOneOfThreeWays(String written, String expected) {
        Home home =
                Configurations.good(Configurations.withRouter("{name: home, type: linux, via: \"" + written + "\"}"));

        assertThat(home.routers().getFirst().via()).hasToString(expected);
    }

    /** YAML 1.1 takes each of these for something else than text: sexagesimal, octal or hexadecimal numbers, flags, dates. */
    @ParameterizedTest
    @ValueSource(strings = {"on", "off", "yes", "no", "0x10", "010", "1_000", "1e3", "2026-01-01", "null", "12"})
    void read_unquotedWords_stayText(String word) {
        Home home = Configurations.good(Configurations.withDevice(
                "{name: " + word + ", mac: 78:11:dc:12:34:56, network: lan, policy: online}"));

        assertThat(home.devices().getFirst().name()).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02:00:00:00:00:10",
                "12:34:56:12:34:56",
                "10:20:30:40:50:58",
                "00:00:00:00:00:01",
                "020000000010"
            })
    void read_unquotedMacOfDigits_isNoSexagesimalNumber(String mac) {
        Home home = Configurations.good(
                Configurations.withDevice("{name: hub, mac: " + mac + ", network: lan, policy: online}"));

        assertThat(home.devices().getFirst().macs()).containsExactly(Mac.parse(mac));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "yes, true",
        "on, true",
        "True, true",
        "ON, true",
        "false, false",
        "no, false",
        "off, false"
    })
    void read_strict_knowsTheWordsOfYaml(String word, boolean expected) {
        assertThat(Configurations.good(Configurations.EXAMPLE + "strict: " + word + "\n")
                        .strict())
                .isEqualTo(expected);
    }

    @Test
    void read_windowsLineEndsAndByteOrderMark_makeNoDifference() {
        assertThat(Configurations.good("\ufeff" + Configurations.EXAMPLE.replace("\n", "\r\n")))
                .isEqualTo(Configurations.good(Configurations.EXAMPLE));
    }

    @Test
    void read_anchorWithoutAlias_isHarmless() {
        assertThat(Configurations.good(Configurations.withDevice(
                                "&a {name: x, mac: 78:11:dc:12:34:56, network: lan, policy: online}"))
                        .devices())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.100, false",
        "192.168.1.199, false",
        "192.168.1.99, true",
        "192.168.1.200, true",
        "192.168.1.1, true",
        "192.168.2.1, false"
    })
    void read_pinnedAddress_isInTheNetworkAndOutsideThePool(String address, boolean expected) {
        Reading<Home> reading = HomeReader.read(
                "x",
                Configurations.withDevice(
                        "{name: x, mac: 78:11:dc:12:34:56, network: lan, policy: online, address: " + address + "}"),
                Configurations.PROFILES);

        assertThat(reading instanceof Reading.Good).isEqualTo(expected);
    }

    @Test
    void read_tenThousandDevices_takesNoLongTime() {
        StringBuilder text = new StringBuilder("""
                routers: [{name: home, type: linux}]
                networks: [{name: lan, interface: lan0, address: 10.0.0.0/8}]
                devices:
                """);
        for (int number = 0; number < 10_000; number++) {
            text.append(
                    "  - {name: d%d, mac: \"02:00:00:00:%02x:%02x\", address: 10.0.%d.%d, network: lan, policy: silent}\n"
                            .formatted(number, number >> 8, number & 255, number >> 8, number & 255));
        }

        long began = System.nanoTime();
        Home home = Configurations.good(text.toString());

        assertThat(home.devices()).hasSize(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
}
