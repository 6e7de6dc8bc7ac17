package org.funkstille.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Profile;

/** Configurations to read in tests. */
final class Configurations {

    static final String FILE = "funkstille.yaml";

    static final Profile GATEWAY = new Profile(
            "lumi.gateway.v3",
            "Gateway",
            Answer.DROP,
            true,
            List.of("ot.io.mi.com udp 8053"),
            List.of(),
            List.of("a test"));

    static final Profiles PROFILES = new Profiles(
            List.of("lumi.gateway.v3", "roborock.vacuum.a15"),
            model -> Optional.ofNullable(Map.of("lumi.gateway.v3", GATEWAY).get(model)));

    /** The example of the design, with quotes where YAML 1.1 needs them. */
    static final String EXAMPLE = """
            # funkstille.yaml
            routers:
              - name: home
                type: linux                       # pfsense opnsense fritzbox openwrt ipfire mikrotik unifi
                via: local                        # or ssh://root@192.168.1.1, or netns:NAME
            networks:
              - {name: lan, interface: lan0, address: 192.168.1.0/24}
              - {name: iot, interface: iot0, address: 192.168.20.0/24, address6: ["fd00:20::/64"], vlan: 20}
              - {name: internet, interface: wan0}
            devices:
              - name: aqara-gateway
                mac: 78:11:dc:12:34:56
                address: 192.168.20.50            # pinned
                network: iot
                profile: lumi.gateway.v3
                policy: silent
                answer: reject
                reach: [hub]
              - {name: vacuum, mac: "b0:4a:39:00:00:01", network: iot, policy: online}
              - {name: hub, mac: "02:00:00:00:00:10", address: 192.168.1.10, network: lan, policy: online}
            """;

    /** Where {@link #withDevice} puts the device: its line and the column of its first key. */
    static final int DEVICE_LINE = 6;

    static final int DEVICE_COLUMN = 5;

    private static final String HEAD = """
            routers: [{name: home, type: linux}]
            networks:
              - {name: lan, interface: lan0, address: 192.168.1.0/24, pool: 192.168.1.100-192.168.1.199}
              - {name: internet, interface: wan0}
            devices:
            """;

    private Configurations() {}

    /** A home with this device in it, whose lines are indented to their place. */
    static String withDevice(String device) {
        return HEAD + "  - " + device.strip().indent(4).strip() + "\n";
    }

    /** A home without devices, with this in place of its networks. */
    static String withNetworks(String networks) {
        return "routers: [{name: home, type: linux}]\nnetworks:\n" + networks.indent(2) + "devices: []\n";
    }

    /** A home with these keys in its router. */
    static String withRouter(String router) {
        return "routers:\n  - " + router.strip().indent(4).strip() + "\n"
                + "networks: [{name: lan, interface: lan0, address: 192.168.1.0/24}]\ndevices: []\n";
    }

    static Home good(String text) {
        Reading<Home> reading = HomeReader.read(FILE, text, PROFILES);
        assertThat(reading).as(() -> String.valueOf(reading)).isInstanceOf(Reading.Good.class);
        return ((Reading.Good<Home>) reading).value();
    }

    static List<Fault> bad(String text) {
        Reading<Home> reading = HomeReader.read(FILE, text, PROFILES);
        assertThat(reading).as(() -> String.valueOf(reading)).isInstanceOf(Reading.Bad.class);
        return ((Reading.Bad<Home>) reading).faults();
    }

    static List<String> messages(String text) {
        return bad(text).stream().map(Fault::toString).toList();
    }
}
