package org.funkstille.discovery.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.funkstille.core.config.Fault;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Profile;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.discovery.devices.Confidence;
import org.funkstille.discovery.devices.FoundDevice;
import org.funkstille.discovery.routers.FoundRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever was found, what is written is read without faults. */
class HomeDraftTest {

    private static final String MODEL = "lumi.gateway.v3";
    private static final InetAddress GATEWAY = Addresses.parse("192.168.1.1");
    private static final Profile PROFILE = new Profile(
            MODEL, "Mi gateway", Answer.DROP, true, List.of("ot.io.mi.com udp 8053"), List.of("advice"), List.of());
    private static final Profiles PROFILES =
            new Profiles(List.of(MODEL), model -> Optional.of(PROFILE).filter(known -> model.equals(MODEL)));

    /** What an attacker would call his device, router or network. */
    private static final List<String> EVIL = List.of(
            "\u001b[2J",
            "x\ndevices:\n  - name: injected",
            "x\u2028policy: online",
            "x\u0085\u0000\ufffe",
            "'\"{}[]&*!|>%@`",
            "${HOME}",
            "#",
            "",
            "---",
            "null",
            "A".repeat(10_000),
            "\ud800 lone surrogate");

    @Test
    void text_ofARecognisedGateway_isASilentDeviceWithItsProfile() {
        Home home = read(draft(List.of(router(RouterType.LINUX)), List.of(lan()), List.of(known(1, "192.168.1.60"))));

        Device device = home.devices().getFirst();
        assertThat(device.name()).isEqualTo("lumi-gateway-v3");
        assertThat(device.address()).contains(Addresses.parse("192.168.1.60"));
        assertThat(device.profile()).contains(PROFILE);
        assertThat(device.policy()).isEqualTo(new Policy.Silent(Answer.DROP));
    }

    @Test
    void text_withAPool_pinsOutsideItAndNothingTwice() {
        DraftNetwork network =
                lan().withPoolOf(List.of(range("10.0.0.1-10.0.0.9"), range("192.168.1.50-192.168.1.253")));
        Home home = read(draft(
                List.of(router(RouterType.LINUX)),
                List.of(network),
                List.of(known(1, "192.168.1.100"), known(2, "192.168.1.101"), known(3, "192.168.1.7"))));

        assertThat(home.networks().getFirst().pool()).contains(range("192.168.1.50-192.168.1.253"));
        assertThat(home.devices())
                .extracting(Device::name)
                .containsExactly("lumi-gateway-v3", "lumi-gateway-v3-2", "lumi-gateway-v3-3");
        assertThat(home.devices())
                .extracting(device -> Addresses.text(device.address().orElseThrow()))
                .containsExactly("192.168.1.2", "192.168.1.3", "192.168.1.7");
    }

    @Test
    void text_whereThePoolIsTheWholeNetwork_pinsNothing() {
        DraftNetwork network = lan().withPoolOf(List.of(range("192.168.1.1-192.168.1.254")));

        Home home = read(draft(List.of(), List.of(network), List.of(known(1, "192.168.1.100"))));

        assertThat(home.devices().getFirst().address()).isEmpty();
    }

    @Test
    void text_ofTwoDevicesWithOneAddress_pinsItOnce() {
        Home home = read(draft(List.of(), List.of(lan()), List.of(known(1, "192.168.1.60"), known(2, "192.168.1.60"))));

        assertThat(home.devices())
                .extracting(Device::address)
                .containsExactly(Optional.of(Addresses.parse("192.168.1.60")), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(RouterType.class)
    void text_ofEveryKindOfRouter_isReadAndHasNoSecret(RouterType type) {
        HomeDraft draft = draft(
                List.of(router(type), router(RouterType.PFSENSE), router(RouterType.FRITZBOX)),
                List.of(lan()),
                List.of());

        Router router = read(draft).routers().getFirst();

        assertThat(router.type())
                .as("one that can be driven")
                .isEqualTo(router(type).driven() ? type : RouterType.PFSENSE);
        assertThat(read(draft).routers()).hasSize(1);
        assertThat(draft.text()).contains("Found as well:");
        assertThat(secrets(draft.text())).isSubsetOf("${FUNKSTILLE_KEY}", "${FUNKSTILLE_PASSWORD}");
    }

    @Test
    void text_ofDevicesThatAreNotRecognised_isReadAgainWhenTheirMarksAreTakenAway() {
        List<FoundDevice> devices = new ArrayList<>();
        for (int index = 0; index < EVIL.size(); index++) {
            devices.add(unknown(index + 1, EVIL.get(index), "192.168.1." + (60 + index)));
        }
        String text = draft(List.of(router(RouterType.PFSENSE)), List.of(lan()), devices)
                .text();

        assertThat(read(text).devices()).isEmpty();
        String uncommented = text.replace("devices: []", "devices:")
                .lines()
                .map(line -> line.replaceFirst("^  # (- name|  (mac|network|policy):)", "  $1"))
                .collect(Collectors.joining("\n"));
        assertThat(read(uncommented).devices()).hasSize(EVIL.size()).allMatch(device -> !device.restricted());
    }

    @Test
    void text_whateverNamesAreSaid_isOneLineOfHarmlessTextEach() {
        for (String evil : EVIL) {
            FoundRouter router = new FoundRouter(
                    Optional.of(RouterType.FRITZBOX),
                    evil,
                    GATEWAY,
                    Optional.of("https://192.168.1.1"),
                    Optional.empty(),
                    List.of(evil, evil),
                    List.of(evil));
            FoundDevice device = new FoundDevice(
                    mac(1),
                    List.of(Addresses.parse("192.168.1.60")),
                    Optional.empty(),
                    Optional.of(evil),
                    Optional.of(MODEL),
                    Optional.of(7L),
                    Confidence.SURE,
                    List.of(evil));
            HomeDraft draft =
                    draft(List.of(router, router), List.of(lan()), List.of(device, unknown(2, evil, "192.168.1.61")));

            assertThat(read(draft).devices()).hasSize(1);
            assertThat(draft.text()).matches("[\\x20-\\x7e\\n]*");
        }
    }

    @Test
    void text_ofRandomNames_isAlwaysRead() {
        Random chance = new Random(4);
        for (int time = 0; time < 300; time++) {
            String name = chance.ints(chance.nextInt(1, 40), 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            DraftNetwork network = new DraftNetwork(
                    new DraftNames().unique(name), "eth0", true, lan().ipv4(), List.of(), Optional.empty());
            read(draft(List.of(), List.of(network), List.of(unknown(1, name, "192.168.1.9"), known(2, "192.168.1.8"))));
        }
    }

    @Test
    void text_ofNothing_isReadToo() {
        assertThat(read(draft(List.of(), List.of(), List.of())).routers()).hasSize(1);
        Home homeless = read(draft(List.of(), List.of(), List.of(known(1, "192.168.1.60"))));
        assertThat(homeless.devices()).isEmpty();
    }

    @Test
    void text_ofDevicesOfHundreds_isCut() {
        List<FoundDevice> many = new ArrayList<>();
        for (int index = 0; index < 3000; index++) {
            many.add(unknown(index, "x".repeat(60), "192.168.1.9"));
        }

        assertThat(draft(List.of(), List.of(lan()), many).text()).hasSizeLessThan(200_000);
    }

    private static HomeDraft draft(List<FoundRouter> routers, List<DraftNetwork> networks, List<FoundDevice> devices) {
        return new HomeDraft(
                routers, RouterDetails.NONE, Optional.of(Addresses.parse("192.168.1.10")), networks, devices, PROFILES);
    }

    private static DraftNetwork lan() {
        return new DraftNetwork(
                "lan",
                "lan0",
                false,
                Optional.of(Prefix.parse("192.168.1.0/24")),
                List.of(Prefix.parse("fd00:1::/64")),
                Optional.empty());
    }

    private static FoundRouter router(RouterType type) {
        Optional<String> via = switch (type) {
            case LINUX -> Optional.of("local");
            case PFSENSE, OPNSENSE, FRITZBOX -> Optional.of("https://192.168.1.1");
            case OPENWRT, IPFIRE, MIKROTIK, UNIFI -> Optional.empty();
        };
        return new FoundRouter(
                Optional.of(type),
                type.word(),
                GATEWAY,
                via,
                Optional.of("sha256:" + "0a".repeat(32)),
                List.of("a reason"),
                List.of("a need"));
    }

    private static FoundDevice known(int number, String address) {
        return new FoundDevice(
                mac(number),
                List.of(Addresses.parse(address)),
                Optional.of(Addresses.parse(address)),
                Optional.of("lumi-gateway-v3_miio7"),
                Optional.of(MODEL),
                Optional.of(7L),
                Confidence.SURE,
                List.of("a reason"));
    }

    private static FoundDevice unknown(int number, String name, String address) {
        return new FoundDevice(
                mac(number),
                List.of(Addresses.parse(address)),
                Optional.empty(),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Confidence.UNKNOWN,
                List.of("calls itself " + name));
    }

    private static Mac mac(int number) {
        return new Mac(0x7811dc000000L + number);
    }

    private static AddressRange range(String text) {
        return AddressRange.tryParse(text).orElseThrow();
    }

    private static List<String> secrets(String text) {
        return text.lines()
                .filter(line -> line.matches("[ #]*(key|password):.*"))
                .map(line -> line.replaceFirst("[ #]*(key|password): ", ""))
                .toList();
    }

    private static Home read(HomeDraft draft) {
        return read(draft.text());
    }

    private static Home read(String text) {
        return switch (HomeReader.read("draft", text, PROFILES)) {
            case Reading.Good<Home>(Home home) -> home;
            case Reading.Bad<Home>(List<Fault> faults) -> throw new AssertionError(faults + "\n" + text);
        };
    }
}
